import MarketData
import Markets
import TestRecordings
import Testing
import VenueFeeds

/// One capture and what it holds.
struct Capture: Sendable, CustomTestStringConvertible {
  let venue: Venue
  let files: [String]
  let books: Int
  let trades: Int
  let quotes: Int
  let figures: Int

  var testDescription: String { files.joined(separator: " + ") }
}

/// Real captures, read whole; they are not part of the repository.
@Suite("Captures")
struct CaptureTests {
  private static let captures = [
    Capture(
      venue: .binanceSpot, files: ["binance.http.0.0.gz", "binance.ws.1.0.gz"], books: 176, trades: 2, quotes: 84,
      figures: 0),
    Capture(
      venue: .binanceFutures, files: ["binance_futures.http.0.0.gz", "binance_futures.ws.1.0.gz"], books: 756,
      trades: 91, quotes: 613, figures: 0),
    Capture(venue: .bitmex, files: ["bitmex.ws.1.0.gz"], books: 1_979, trades: 27, quotes: 436, figures: 0),
    Capture(venue: .bybit, files: ["bybit.ws.25.0.gz"], books: 3_260, trades: 101, quotes: 0, figures: 0),
    Capture(venue: .bybit, files: ["bybit.ws.26.0.gz"], books: 1_018, trades: 150, quotes: 0, figures: 0),
    Capture(venue: .bybit, files: ["bybit_xrpusdt-ob500.data.zip"], books: 50, trades: 0, quotes: 0, figures: 0),
    Capture(venue: .coinbase, files: ["coinbase.ws.28.0.gz"], books: 9_729, trades: 107, quotes: 107, figures: 0),
    Capture(venue: .deribit, files: ["deribit.ws.1.0.gz"], books: 46, trades: 0, quotes: 89, figures: 267),
    Capture(venue: .deribit, files: ["deribit_http_order_book.json"], books: 1, trades: 0, quotes: 1, figures: 4),
    Capture(venue: .dydx, files: ["dydx.ws.1.0.gz"], books: 4_697, trades: 1_026, quotes: 0, figures: 0),
    Capture(venue: .dydx, files: ["dydx_v4_http_orderbook.json"], books: 1, trades: 0, quotes: 0, figures: 0),
    Capture(
      venue: .hyperliquid, files: ["hyperliquid_http_l2_book_btc.json"], books: 1, trades: 0, quotes: 0, figures: 0),
    Capture(
      venue: .hyperliquid, files: ["hyperliquid_l2book_btc_20250126.jsonl.gz"], books: 46, trades: 64, quotes: 0,
      figures: 0),
    Capture(venue: .kraken, files: ["kraken.ws.48.0.gz"], books: 0, trades: 10, quotes: 0, figures: 0),
    Capture(venue: .krakenFutures, files: ["kraken_futures.ws.1.0.gz"], books: 7_024, trades: 3, quotes: 0, figures: 0),
    Capture(venue: .okx, files: ["okx.ws.1.0.gz"], books: 290, trades: 74, quotes: 28, figures: 0),
    Capture(
      venue: .tardisIncremental, files: ["tardis_deribit_incremental_book_L2_BTC-PERPETUAL.csv"], books: 1, trades: 0,
      quotes: 0, figures: 0),
  ]

  private func feed(for capture: Capture) -> VenueFeed {
    var configuration = VenueFeed.Configuration()
    // The REST books of dYdX name no market.
    if capture.venue == .dydx { configuration.market = MarketName("BTC-USD") }
    return VenueFeed(capture.venue, configuration: configuration)
  }

  @Test(
    .enabled(if: RecordedData.hasVenues, "the recorded lines are not here"),
    arguments: captures)
  func everyMessageIsReadAndNoBookIsLost(capture: Capture) throws {
    var feed = feed(for: capture)
    var tally = Tally()
    for line in try Captures.lines(capture.files) {
      tally.observe(feed.read(line.bytes, received: Timestamp(nanoseconds: 1)))
    }
    tally.observe(feed.finish())
    #expect(tally.rejected == [])
    #expect(tally.losses == [])
    #expect(tally.books == capture.books)
    #expect((tally.trades, tally.quotes, tally.figures) == (capture.trades, capture.quotes, capture.figures))
    // Only Binance's changes come before the snapshots, which are asked for apart.
    let isBinance = capture.venue == .binanceSpot || capture.venue == .binanceFutures
    #expect(tally.invalid.count == (isBinance ? 4 : 0))
  }

  @Test(
    .enabled(if: RecordedData.hasVenues, "the recorded lines are not here"),
    arguments: captures.filter { $0.books > 1 && $0.venue != .tardisIncremental })
  func booksEqualAnIndependentReconstruction(capture: Capture) throws {
    var feed = feed(for: capture)
    var slow = SlowBooks(capture.venue)
    var compared = 0
    for line in try Captures.lines(capture.files) {
      let market = try slow.read(line.text)
      for case .book(let snapshot) in feed.read(line.bytes, received: Timestamp(nanoseconds: 1)) {
        #expect(snapshot.market.text == market)
        let expected = try #require(slow.sides[snapshot.market.text]).book(levels: 1_000)
        #expect(snapshot.book == expected)
        compared += 1
      }
    }
    #expect(compared == capture.books)
  }
}
