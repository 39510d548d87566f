import MarketData
import Markets
import Testing
import VenueFeeds

@Suite("Lines")
struct LineTests {
  private let message =
    #"{"channel":"trades","data":[{"coin":"ABC","side":"B","px":"2","sz":"1","time":1700000000100}]}"#

  private func times(_ lines: [String], received: Timestamp? = nil) -> [Int64] {
    var feed = VenueFeed(.hyperliquid)
    return lines.flatMap { feed.read(Array($0.utf8), received: received) }.trades.map(\.time.nanoseconds)
  }

  @Test func theRecordersTimeComesBeforeTheCallersAndThatBeforeTheVenues() {
    let caller = Timestamp(nanoseconds: 77)
    #expect(times(["1723161254087891268 \(message)"], received: caller) == [1_723_161_254_087_891_268])
    #expect(times(["1633998512.0633569: \(message)"], received: caller) == [1_633_998_512_063_356_900])
    #expect(times(["https://x/y -> 1633998512.5: \(message)"]) == [1_633_998_512_500_000_000])
    #expect(times([message], received: caller) == [77])
    #expect(times([message]) == [1_700_000_000_100_000_000])
  }

  @Test func aMessageWithoutAnyTimeHasThatOfTheOneBefore() {
    let context = #"{"channel":"activeAssetCtx","data":{"coin":"ABC","ctx":{"markPx":"2"}}}"#
    var feed = VenueFeed(.hyperliquid)
    #expect(feed.read(Array(context.utf8)).faults == ["time"])
    #expect(feed.read(Array(message.utf8)).trades.count == 1)
    #expect(feed.read(Array(context.utf8)).figures == ["mark-price 2.0"])
  }

  @Test func whatTheRecorderSentIsNoMessage() {
    let events = SampleLines.events(
      of: .hyperliquid, ["wss://x <-> 1633998512.5", "wss://x <- 1633998512.5: \(message)", "", "   "])
    #expect(events.ignored == ["connection", "request", "blank", "blank"])
  }

  @Test(arguments: [
    "hello", "17x {}", "1633998512.1234567890: {}", "99999999999999999999 {}", "https://x -> {}", "https://x => 5: {}",
    "12 ", "-5 {}", "1.5 {}",
  ])
  func otherEnvelopesAreRefused(line: String) {
    #expect(SampleLines.events(of: .hyperliquid, [line]).faults.count == 1)
  }

  @Test(arguments: ["0.0500", "12", "0", "3.10", "100.000", "0.00000001"])
  func decimalsAreKeptAsTheyWereWritten(text: String) throws {
    let decimal = try #require(Array(text.utf8).withUnsafeBytes { DecimalText($0) })
    var bytes: [UInt8] = []
    decimal.append(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(arguments: ["", ".5", "5.", "1e5", "-1", "1.2.3", "99999999999999999999999"])
  func otherNumeralsHaveNoDecimalText(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { DecimalText($0) } == nil)
  }

  @Test func bookEventsShowTheConfiguredLevelsOnly() {
    var configuration = VenueFeed.Configuration()
    configuration.levels = 1
    var feed = VenueFeed(.hyperliquid, configuration: configuration)
    #expect(feed.read(Array(SampleLines.hyperliquid[0].utf8)).books == ["10.5x1.0 | 11.0x2.0"])
  }
}
