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

  @Test func aMarketsNameIsNoLongerThanItsBound() {
    let name = String(repeating: "A", count: 129)
    let trade = message.replacing("ABC", with: name)
    let depth = #"{"lastUpdateId":1,"bids":[],"asks":[]}"#
    let cases: [(Venue, String, String)] = [
      (.hyperliquid, trade, "coin"),
      (.binanceSpot, "https://x/depth?symbol=\(name) -> 1633998512.5: \(depth)", "symbol"),
      (.binanceSpot, #"1 {"stream":"\#(name)@depth20","data":\#(depth)}"#, "stream"),
      (
        .bybit, #"1 {"topic":"orderbook.50.X","type":"snapshot","ts":1,"data":{"s":"\#(name)","b":[],"a":[],"u":1}}"#,
        "data.s"
      ),
    ]
    for (venue, line, field) in cases {
      var feed = VenueFeed(venue)
      let faults = feed.read(Array(line.utf8)).faults
      #expect(faults.count == 1 && faults.first?.hasSuffix(field) == true, "\(venue): \(faults)")
    }
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

  @Test(arguments: Venue.allCases.filter { $0 != .tardisIncremental && $0 != .lobster })
  func theOrderOfKeysDoesNotMatter(venue: Venue) {
    let lines = SampleLines.lines(of: venue)
    let turned = lines.map { line -> String in
      let start = line.firstIndex { $0 == "{" || $0 == "[" } ?? line.endIndex
      return String(line[..<start]) + keysReversed(line[start...])
    }
    #expect(turned != lines)
    // One message's figures may come in another order; books have times of their own.
    func sorted(_ lines: [String]) -> [String] { SampleLines.events(of: venue, lines).map { "\($0)" }.sorted() }
    #expect(sorted(turned) == sorted(lines))
    #expect(SampleLines.events(of: venue, turned).books == SampleLines.events(of: venue, lines).books)
  }

  /// JSON text with the members of every object in the opposite order.
  private func keysReversed(_ text: Substring) -> String {
    switch text.first {
    case "{":
      let members = parts(of: text.dropFirst().dropLast(), separator: ",").map { member in
        let keyAndValue = parts(of: member, separator: ":")
        return keyAndValue[0] + ":" + keysReversed(keyAndValue[1])
      }
      return "{" + members.reversed().joined(separator: ",") + "}"
    case "[":
      return "[" + parts(of: text.dropFirst().dropLast(), separator: ",").map(keysReversed).joined(separator: ",") + "]"
    default: return String(text)
    }
  }

  /// The parts of JSON text between separators that stand in no string and no brackets.
  private func parts(of text: Substring, separator: Character) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var depth = 0
    var isInString = false
    for index in text.indices {
      switch text[index] {
      case "\"": isInString.toggle()
      case "{", "[": depth += isInString ? 0 : 1
      case "}", "]": depth -= isInString ? 0 : 1
      case separator where depth == 0 && !isInString:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: continue
      }
    }
    return text.isEmpty ? [] : parts + [text[start...]]
  }
}
