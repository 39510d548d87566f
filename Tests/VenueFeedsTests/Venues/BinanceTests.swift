import Markets
import Testing
import VenueFeeds

@Suite("Binance")
struct BinanceTests {
  @Test func spotChangesWaitForTheSnapshotAndJoinItByTheirNumbers() {
    let events = SampleLines.events(of: .binanceSpot)
    #expect(
      events.books == ["10.0x1.5 9.99x2.0 | 10.01x3.0", "10.0x1.5 9.99x2.0 | 10.01x3.0 10.03x5.0"])
    #expect(events.losses == [.awaitingSnapshot])
    #expect(events.faults == [])
    #expect(events.ignored == ["kline", "answer"])
  }

  @Test func spotReportsItsTradesAndQuotes() {
    let events = SampleLines.events(of: .binanceSpot)
    #expect(events.trades.map(\.price) == [10.01])
    #expect(events.trades.map(\.aggressor) == [.buy])
    #expect(events.quotes.map(\.updateNumber) == [104])
    #expect(events.quotes.first?.bid == BookLevel(price: 10, size: 1.5))
    #expect(events.quotes.first?.time == Timestamp(nanoseconds: 1_700_000_000_000_000_005))
  }

  @Test func aSpotSnapshotThatIsTooOldLeavesTheChangesWaitingForANewerOne() {
    let change =
      #"1 {"e":"depthUpdate","E":1,"s":"ABCUSDT","U":110,"u":112,"b":[["10.00","1.5"]],"a":[]}"#
    func snapshot(_ number: Int) -> String {
      #"2 {"lastUpdateId":\#(number),"bids":[["10.00","1"]],"asks":[["11.00","1"]]}"#
    }
    let events = SampleLines.events(of: .binanceSpot, [change, snapshot(108), snapshot(111)])
    #expect(events.losses == [.awaitingSnapshot, .gap(expected: 109, found: 110)])
    #expect(events.books == ["10.0x1.5 | 11.0x1.0"])
  }

  @Test func aLostSpotChangeEndsTheBookUntilTheNextSnapshot() {
    var lines = Array(SampleLines.binanceSpot.prefix(3))
    lines.append(#"5 {"e":"depthUpdate","E":1,"s":"ABCUSDT","U":105,"u":105,"b":[],"a":[["10.01","0"]]}"#)
    lines.append(#"6 {"e":"depthUpdate","E":1,"s":"ABCUSDT","U":106,"u":106,"b":[],"a":[["10.05","1"]]}"#)
    lines.append(#"7 {"lastUpdateId":104,"bids":[["10.00","1"]],"asks":[["10.01","1"]]}"#)
    let events = SampleLines.events(of: .binanceSpot, lines)
    #expect(events.losses == [.awaitingSnapshot, .gap(expected: 104, found: 105)])
    #expect(events.books.last == "10.0x1.0 | 10.05x1.0")
  }

  @Test func futuresFollowThePredecessorsNumber() {
    let events = SampleLines.events(of: .binanceFutures)
    #expect(
      events.books == [
        "100.0x1.0 | 100.5x2.0", "100.0x1.0 99.5x3.0 | 100.5x2.0", "100.0x1.0 99.5x3.0 | 101.0x4.0",
      ])
    #expect(events.losses == [])
    #expect(
      events.figures == ["mark-price 100.2", "index-price 100.1", "funding-rate 0.0001", "open-interest 12345.6"])
    #expect(events.liquidations.map(\.side) == [.sell])
    #expect(events.liquidations.map(\.price) == [99.4])
    #expect(events.ignored == ["trade NA"])
  }

  @Test func aLostFuturesChangeShows() {
    var lines = Array(SampleLines.binanceFutures.prefix(2))
    lines.append(#"5 {"e":"depthUpdate","E":1,"s":"ABCUSDT","U":212,"u":220,"pu":210,"b":[],"a":[]}"#)
    #expect(SampleLines.events(of: .binanceFutures, lines).losses == [.gap(expected: 205, found: 210)])
  }

  @Test func aRepeatedChangeIsOld() {
    let lines = SampleLines.binanceFutures.prefix(3) + [SampleLines.binanceFutures[2]]
    let events = SampleLines.events(of: .binanceFutures, lines + [])
    #expect(events.books.count == 3)
    #expect(events.losses == [])
  }

  @Test func aSnapshotWithoutAMarketBelongsToTheOnlyOneOrIsRefused() {
    let snapshot = #"2 {"lastUpdateId":111,"bids":[["10.00","1"]],"asks":[["11.00","1"]]}"#
    #expect(SampleLines.events(of: .binanceSpot, [snapshot]).faults == ["market"])
  }
}
