import Markets
import Testing
import VenueFeeds

/// Coinbase Exchange, Hyperliquid, BitMEX, Tardis and LOBSTER, whose books have neither numbers nor checksums.
@Suite("Venues without numbers")
struct UnnumberedVenueTests {
  @Test func coinbaseExchangeAppliesItsChanges() {
    let events = SampleLines.events(of: .coinbase)
    #expect(events.books == ["10.0x1.0 9.99x2.0 | 10.01x3.0", "9.99x2.0 | 10.01x3.0 10.02x4.0"])
    // The maker sold, so a buyer took.
    #expect(events.trades.map(\.aggressor) == [.buy])
  }

  @Test func coinbaseExchangeAnUnreadableLineEndsTheBooksBecauseNothingElseWouldTell() {
    let events = SampleLines.events(of: .coinbase, [SampleLines.coinbase[0], #"{"type":"l2update","product"#])
    #expect(events.faults == ["record"])
    #expect(events.losses == [.unreadable])
  }

  @Test func hyperliquidSendsWholeBooks() {
    let events = SampleLines.events(of: .hyperliquid)
    #expect(events.books == ["10.5x1.0 | 11.0x2.0 12.0x3.0"])
    #expect(events.trades.map(\.aggressor) == [.sell])
    #expect(events.quotes.map(\.ask) == [nil])
    #expect(
      events.figures == ["mark-price 10.7", "index-price 10.6", "open-interest 70.0", "funding-rate 1.25e-05"])
  }

  @Test func bitmexChangesNameTheirLevels() {
    let events = SampleLines.events(of: .bitmex)
    #expect(
      events.books == [
        "10.5x10.0 | 11.0x20.0", "10.5x10.0 10.0x5.0 | 11.0x20.0", "10.5x12.0 10.0x5.0 | 11.0x20.0",
        "10.5x12.0 | 11.0x20.0",
      ])
    #expect(events.liquidations.map(\.size) == [7])
    #expect(events.figures == ["mark-price 10.8", "open-interest 4000.0"])
    #expect(events.faults == [])
  }

  @Test(arguments: [2, 3])
  func bitmexAChangeOfAnUnknownLevelEndsTheBook(line: Int) {
    let unknown = SampleLines.bitmex[line].replacing(line == 2 ? "\"id\":2" : "\"id\":3", with: "\"id\":9")
    #expect(SampleLines.events(of: .bitmex, SampleLines.bitmex.prefix(2) + [unknown]).losses == [.contradiction])
  }

  @Test func tardisRowsOfOneTimeAreOneMessage() {
    let events = SampleLines.events(of: .tardisIncremental)
    #expect(events.books == ["10.5x1.0 | 11.0x2.0", "10.5x1.0 10.0x4.0 | ", " | 12.0x3.0"])
    guard case .book(let snapshot)? = events.first(where: { if case .book = $0 { true } else { false } }) else {
      Issue.record("no book")
      return
    }
    #expect(snapshot.market.text == "venue:ABC")
    #expect(snapshot.time == Timestamp(nanoseconds: 1_700_000_000_000_100_000))
  }

  @Test func tardisADamagedRowEndsTheBookUntilTheNextSnapshot() {
    var lines = SampleLines.tardis
    lines[2] = "venue,ABC,1700000000000000,1700000000000100,true,bid,ten,1"
    let events = SampleLines.events(of: .tardisIncremental, lines)
    #expect(events.faults == ["price"])
    #expect(events.books == [" | 12.0x3.0"])
    #expect(events.losses == [.awaitingSnapshot])
    #expect(SampleLines.events(of: .tardisIncremental, [lines[1]]).faults == ["record"])
  }

  @Test func lobsterRowsAreBooksAndExecutionsTrades() {
    let events = SampleLines.events(of: .lobster)
    #expect(events.books == ["10.5x100.0 | 11.0x200.0 12.0x50.0", "10.5x60.0 | 11.0x200.0 12.0x50.0"])
    #expect(events.trades.map(\.aggressor) == [.sell])
    #expect(events.trades.map(\.time) == [Timestamp("2023-11-14T14:30:00.5Z")])
  }

  @Test func lobsterBooksAloneNeedTheCallersClock() {
    var feed = VenueFeed(.lobster, configuration: SampleLines.configuration(of: .lobster))
    let row = Array("110000,200,105000,100".utf8)
    #expect(feed.read(row).faults == ["time"])
    #expect(feed.read(row, received: Timestamp(nanoseconds: 5)).books == ["10.5x100.0 | 11.0x200.0"])
    #expect(feed.read(Array("110000,200,105000".utf8)).faults == ["record"])
  }
}
