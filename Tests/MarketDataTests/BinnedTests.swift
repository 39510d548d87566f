import MarketData
import Markets
import Testing

@Suite("Binned books")
struct BinnedTests {
  private let header = "ts,price,buy_qty,sell_qty\n"

  @Test func readsRunsOfRowsAsBooks() throws {
    let decoded = decode(Samples.binned, name: "folder.d/ETHUSDT.2025-07.csv.gz")
    let name = try market("ETHUSDT")
    #expect(decoded.faults == [])
    #expect(
      decoded.snapshots == [
        BookSnapshot(
          time: Timestamp(nanoseconds: 1_751_716_879_000_000_000), market: name,
          book: try book(bids: [(2426, 1.91), (2425, 3.39)], asks: [(2426, 0.5), (2427, 422.34)])),
        BookSnapshot(
          time: Timestamp(nanoseconds: 1_751_717_000_000_000_000), market: name,
          book: try book(bids: [(2424, 8)], asks: [(2425, 7)])),
      ])
    #expect(decoded.snapshots.map(\.book.condition) == [.locked, .normal])
  }

  @Test func rowsOfABookComeInAnyOrderOfPrice() throws {
    let expected = decode(header + "1,10,1,0\n1,11,2,0\n1,12,0,3\n1,13,0,4\n").snapshots
    #expect(decode(header + "1,13,0,4\n1,12,0,3\n1,11,2,0\n1,10,1,0\n").snapshots == expected)
    #expect(decode(header + "1,12,0,3\n1,10,1,0\n1,13,0,4\n1,11,2,0").snapshots == expected)
    #expect(expected.first?.book == (try book(bids: [(11, 2), (10, 1)], asks: [(12, 3), (13, 4)])))
  }

  @Test func emptyBucketsAreNoLevels() throws {
    #expect(decode(header + "1,10,0,0\n").snapshots.map(\.book.condition) == [.empty])
    #expect(decode(header + "1,10,0,0\n1,11,0,1\n").snapshots.map(\.book.condition) == [.oneSided])
  }

  @Test func bidsInBucketZeroAreNoLevel() throws {
    let decoded = decode(header + "1,0.0,500,0\n1,0.1,7,0\n1,0.2,0,3\n")
    #expect(decoded.faults == [])
    #expect(decoded.snapshots.map(\.book) == [try book(bids: [(0.1, 7)], asks: [(0.2, 3)])])
    #expect(decode(header + "1,0,0,5\n").places == ["2: price"])
  }

  @Test(arguments: [
    ("1,10,1", "sell_qty"), ("1,10,1,", "sell_qty"), ("1,10,1,0,0", "sell_qty"), ("1,10,-1,0", "buy_qty"),
    ("1,10,nan,0", "buy_qty"), ("1,-10,1,0", "price"), ("1,,1,0", "price"), ("1,1e999,1,0", "price"),
    ("1,10,1e999,0", "buy_qty"), ("1,10,1x,0", "buy_qty"),
  ])
  func aBadRowSpoilsItsBookOnce(row: String, field: String) {
    let decoded = decode(header + "1,9,1,0\n1,11,0,1\n\(row)\n1,12,0,1\n1,oops\n2,9,1,0\n")
    #expect(decoded.places == ["4: \(field)"])
    #expect(decoded.faults.first?.market?.text == "X")
    #expect(decoded.snapshots.map(\.time.nanoseconds) == [2_000_000_000])
  }

  @Test(arguments: [[10, 11, 11], [11, 11, 10], [11, 10, 11]])
  func aPriceThatAppearsTwiceSpoilsItsBook(prices: [Int]) {
    let repeated = prices == [11, 11, 10] ? 3 : 4
    let decoded = decode(header + prices.map { "1,\($0),1,0\n" }.joined() + "2,9,1,0\n")
    #expect(decoded.places == ["\(repeated): price"])
    #expect(decoded.snapshots.count == 1)
  }

  @Test func aRowWithoutTimeSpoilsTheBooksOnBothSides() {
    let decoded = decode(header + "1,9,1,0\n1x,9,1,0\n2,9,1,0\n3,9,1,0\n")
    #expect(decoded.places == ["3: ts", "3: ts"])
    #expect(decoded.snapshots.map(\.time.nanoseconds) == [3_000_000_000])
  }

  @Test func aRowWithoutTimeInsideABookSpoilsThatBookOnly() {
    let decoded = decode(header + "1,9,1,0\n\u{0},9,1,0\n1,10,1,0\n2,9,1,0\n")
    #expect(decoded.places == ["3: ts"])
    #expect(decoded.snapshots.map(\.time.nanoseconds) == [2_000_000_000])
  }

  @Test func aRowWithoutTimeAtTheStartSpoilsTheFirstBook() {
    let decoded = decode(header + "x\n1,9,1,0\n2,9,1,0\n")
    #expect(decoded.places == ["2: ts"])
    #expect(decoded.snapshots.count == 1)
    #expect(decode(header + "x").places == ["2: ts"])
  }

  @Test func secondsOutsideTheRangeAreAFault() {
    #expect(decode(header + "9999999999999,9,1,0\n").places == ["2: ts"])
    #expect(decode(header + "99999999999999999999,9,1,0\n").places == ["2: ts"])
  }

  @Test func theFileNameMustHoldAMarket() {
    guard case .malformedHeader(_, .binned, _) = decode(Samples.binned, name: "folder/.csv").failure else {
      Issue.record("a file without a market was accepted")
      return
    }
  }
}
