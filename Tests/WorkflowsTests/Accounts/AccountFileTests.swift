import Margining
import MarketData
import Markets
import Sampling
import Testing
import Workflows

@Suite("The file of accounts")
struct AccountFileTests {
  private static let sound = """
    account,market,side,notional,equity
    desk-7,ETHUSDT,long,250000,9000.5
    desk-7,ETHUSDT,short,1e5,-3

    "Müller, ""M"" & Co",LTCUSDT,long,40000,1200\r
    desk-7,LTCUSDT,long,1,0

    """

  private func accounts(_ text: String) throws(RecordFault) -> Accounts {
    try AccountFile.accounts(Array(text.utf8), file: "a.csv")
  }

  @Test("Longs are liquidated by selling, shorts by buying; quotes, blank lines and carriage returns are understood")
  func sound() throws {
    let accounts = try accounts(Self.sound).all
    #expect(accounts.map(\.id) == ["desk-7", "desk-7", "Müller, \"M\" & Co", "desk-7"])
    #expect(accounts.map(\.side) == [.sell, .buy, .sell, .sell])
    #expect(accounts.map(\.market.text) == ["ETHUSDT", "ETHUSDT", "LTCUSDT", "LTCUSDT"])
    #expect(accounts.map(\.notional) == [250_000, 100_000, 40_000, 1])
    #expect(accounts.map(\.equity) == [9_000.5, -3, 1_200, 0])
  }

  @Test("A file with nothing but its header has no accounts")
  func empty() throws {
    #expect(try accounts("account,market,side,notional,equity\n").all.isEmpty)
  }

  @Test(
    "A fault names the file, the line and the field",
    arguments: [
      ("", "a.csv:1: record: the header account,market,side,notional,equity is missing"),
      ("account,market,side,equity,notional\n", "a.csv:1: record: the header must be"),
      ("account,market,side,notional,equity\na,X,long,1\n", "a.csv:2: record: needs 5 cells, has 4"),
      ("account,market,side,notional,equity\na,X,long,1,2,3\n", "a.csv:2: record: needs 5 cells, has 6"),
      ("account,market,side,notional,equity\n,X,long,1,2\n", "a.csv:2: account: is empty"),
      ("account,market,side,notional,equity\na,,long,1,2\n", "a.csv:2: market: is empty or longer than 128 bytes"),
      ("account,market,side,notional,equity\na,X,Long,1,2\n", "a.csv:2: side: 'Long' is neither long nor short"),
      ("account,market,side,notional,equity\na,X,long,0,2\n", "a.csv:2: notional: '0' is not a number above 0"),
      ("account,market,side,notional,equity\na,X,long,0x10,2\n", "a.csv:2: notional: '0x10' is not a number"),
      ("account,market,side,notional,equity\na,X,long,1,nan\n", "a.csv:2: equity: 'nan' is not a number"),
      ("account,market,side,notional,equity\na,X,long,1,1e999\n", "a.csv:2: equity: '1e999' is not a number"),
      ("account,market,side,notional,equity\na,X,long,1, 2\n", "a.csv:2: equity: ' 2' is not a number"),
      ("account,market,side,notional,equity\na,\"X,long,1,2\n", "a.csv:2: market: has a stray quote"),
      ("account,market,side,notional,equity\na,X\"Y,long,1,2\n", "a.csv:2: market: has a stray quote"),
      ("account,market,side,notional,equity\na,X,long,1,2\na,X,short,1,2\na,X,long,3,4\n", "a.csv:4: account: 'a' has"),
      ("account,market,side,notional,equity\na,X,long,1,2\nb,X,long,1,25", "a.csv:3: record: the file ends within"),
    ])
  func faults(_ text: String, _ description: String) {
    let fault = #expect(throws: RecordFault.self) { try accounts(text) }
    #expect(fault?.description.hasPrefix(description) == true, "\(fault?.description ?? "")")
  }

  @Test("Cut off at any byte, it is refused or ends with a whole line")
  func truncation() throws {
    let bytes = Array(Self.sound.utf8)
    let whole = try AccountFile.accounts(bytes, file: "a.csv").all
    for count in bytes.indices {
      guard let part = try? AccountFile.accounts(Array(bytes[..<count]), file: "a.csv").all else { continue }
      #expect(bytes[count - 1] == 0x0A)
      #expect(part == Array(whole.prefix(part.count)))
    }
  }

  @Test("Changed at random, it loads or is refused with the line")
  func mutation() {
    let bytes = Array(Self.sound.utf8)
    let lines = bytes.count { $0 == 0x0A }
    var generator = SeededGenerator(seed: 45)
    var refused = 0
    for _ in 0..<20_000 {
      var mutated = bytes
      for _ in 0...generator.index(below: 3) {
        let position = generator.index(below: mutated.count)
        switch generator.index(below: 3) {
        case 0: mutated[position] = UInt8(generator.index(below: 256))
        case 1: mutated.remove(at: position)
        default: mutated.insert(bytes[generator.index(below: bytes.count)], at: position)
        }
      }
      do {
        _ = try AccountFile.accounts(mutated, file: "a.csv")
      } catch {
        refused += 1
        #expect(error.file == "a.csv" && (1...lines + 4).contains(error.line))
      }
    }
    #expect(refused > 10_000)
  }
}
