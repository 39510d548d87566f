import Markets
import Testing
import VenueFeeds

/// Bybit, Kraken Futures, Deribit, dYdX and Coinbase Advanced Trade, whose messages are numbered.
@Suite("Venues with numbered messages")
struct NumberedVenueTests {
  @Test func bybitNumbersGrowByOne() {
    let events = SampleLines.events(of: .bybit)
    #expect(events.books == ["10.0x1.0 9.5x2.0 | 10.5x3.0", "9.5x2.0 | 10.4x1.0 10.5x3.0"])
    #expect(events.trades.map(\.aggressor) == [.sell])
    #expect(
      events.figures == ["mark-price 9.9", "index-price 9.8", "open-interest 77.0", "funding-rate -0.0001"])
    #expect(events.liquidations.map(\.side) == [.sell])
    #expect(events.ignored == ["answer"])
    let skipped = SampleLines.bybit[1].replacing("\"u\":501", with: "\"u\":502")
    #expect(
      SampleLines.events(of: .bybit, [SampleLines.bybit[0], skipped]).losses == [.gap(expected: 501, found: 502)])
    let repeated = SampleLines.events(of: .bybit, SampleLines.bybit.prefix(2) + [SampleLines.bybit[1]])
    #expect(repeated.books.count == 2)
    #expect(repeated.losses == [])
  }

  @Test func bybitASnapshotStartsAgainAfterARestart() {
    let restart = SampleLines.bybit[0].replacing("\"u\":500", with: "\"u\":1")
    let next = SampleLines.bybit[1].replacing("\"u\":501", with: "\"u\":2")
    let events = SampleLines.events(of: .bybit, SampleLines.bybit.prefix(2) + [restart, next])
    #expect(events.books.count == 4)
    #expect(events.losses == [])
  }

  @Test func anUnreadableLineLeavesNumberedBooksToTheirNumbers() {
    let events = SampleLines.events(of: .bybit, [SampleLines.bybit[0], "{", SampleLines.bybit[1]])
    #expect(events.faults == ["record"])
    #expect(events.losses == [])
    #expect(events.books.count == 2)
  }

  @Test func bybitsRetiredBooksEndWhereAChangeContradictsThem() {
    let snapshot =
      #"{"topic":"orderBookL2_25.ABCUSD","type":"snapshot","data":[{"price":"10","symbol":"ABCUSD","id":1,"side":"Buy","size":5},{"price":"11","symbol":"ABCUSD","id":2,"side":"Sell","size":6}],"cross_seq":1,"timestamp_e6":1700000000000000}"#
    func change(_ price: String) -> String {
      #"{"topic":"orderBookL2_25.ABCUSD","type":"delta","data":{"delete":[{"price":"\#(price)","symbol":"ABCUSD","id":1,"side":"Buy"}],"update":[],"insert":[]},"cross_seq":2,"timestamp_e6":1700000000000001}"#
    }
    #expect(SampleLines.events(of: .bybit, [snapshot, change("10")]).books.last == " | 11.0x6.0")
    #expect(SampleLines.events(of: .bybit, [snapshot, change("9")]).losses == [.contradiction])
  }

  @Test func krakenFuturesNumbersGrowByOne() {
    let events = SampleLines.events(of: .krakenFutures)
    #expect(
      events.books == ["10.5x100.0 | 11.0x200.0", "10.5x100.0 10.0x50.0 | 11.0x200.0", "10.5x100.0 10.0x50.0 | "])
    #expect(events.liquidations.map(\.side) == [.sell])
    #expect(
      events.figures == ["mark-price 10.7", "index-price 10.6", "open-interest 900.0", "funding-rate 1e-05"])
    let lines = [SampleLines.krakenFutures[0], SampleLines.krakenFutures[2]]
    #expect(SampleLines.events(of: .krakenFutures, lines).losses == [.gap(expected: 31, found: 32)])
  }

  @Test func deribitFollowsThePredecessorsNumberAndTheActions() {
    let events = SampleLines.events(of: .deribit)
    #expect(events.books == ["10.5x40.0 10.0x60.0 | 11.0x20.0", "10.5x45.0 | 11.0x20.0 11.5x5.0"])
    #expect(events.liquidations.map(\.side) == [.sell])
    #expect(events.figures.count == 4)
    let lost = SampleLines.deribit[1].replacing("\"prev_change_id\":70", with: "\"prev_change_id\":72")
    #expect(SampleLines.events(of: .deribit, [SampleLines.deribit[0], lost]).losses == [.gap(expected: 70, found: 72)])
    let contradicting = SampleLines.deribit[1].replacing("\"new\",11.5", with: "\"new\",11.0")
    #expect(SampleLines.events(of: .deribit, [SampleLines.deribit[0], contradicting]).losses == [.contradiction])
  }

  @Test func dydxBooksFollowTheConnection() {
    let events = SampleLines.events(of: .dydx)
    #expect(
      events.books == [
        "10.0x1.0 | 11.0x2.0", "10.0x1.0 | 10.5x3.0", "10.0x1.0 9.0x4.0 | 10.5x3.0", "9.0x4.0 | 10.5x3.0",
      ])
    #expect(events.liquidations.map(\.side) == [.buy])
    #expect(events.figures == ["open-interest 500.0", "funding-rate 1e-05", "mark-price 10.4"])
    #expect(events.losses == [])
  }

  @Test func dydxMessagesMayOvertakeOneAnotherButNotVanish() {
    func change(_ number: Int) -> String {
      #"5 {"type":"channel_data","message_id":\#(number),"id":"ABC-USD","channel":"v4_orderbook","contents":{"bids":[["9","\#(number)"]]}}"#
    }
    let start = Array(SampleLines.dydx.prefix(2))
    #expect(SampleLines.events(of: .dydx, start + [change(3), change(4), change(2), change(5)]).losses == [])
    let lost = SampleLines.events(of: .dydx, start + (3...40).map(change))
    #expect(lost.losses == [.connectionGap(expected: 2, found: 34)])
  }

  @Test func coinbaseAdvancedTradeNumbersTheConnection() {
    let lines = SampleLines.coinbaseAdvanced
    #expect(SampleLines.events(of: .coinbase, lines).books == ["10.0x1.0 | 10.01x3.0", "10.0x1.0 | "])
    #expect(SampleLines.events(of: .coinbase, lines).losses == [])
    #expect(
      SampleLines.events(of: .coinbase, [lines[0], lines[2]]).losses == [.connectionGap(expected: 1, found: 2)])
  }
}
