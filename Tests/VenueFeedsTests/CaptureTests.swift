import MarketData
import Markets
import TestRecordings
import Testing
import VenueFeeds

@Suite("Captures", .enabled(if: RecordedData.hasVenues, "\(RecordedData.absence)"))
struct CaptureTests {
  @Test(arguments: [
    (Venue.binanceSpot, ["binance.http.0.0.gz", "binance.ws.1.0.gz"]),
    (.binanceFutures, ["binance_futures.http.0.0.gz", "binance_futures.ws.1.0.gz"]),
    (.bitmex, ["bitmex.ws.1.0.gz"]), (.bybit, ["bybit.ws.25.0.gz"]), (.bybit, ["bybit.ws.26.0.gz"]),
    (.bybit, ["bybit_xrpusdt-ob500.data.zip"]), (.coinbase, ["coinbase.ws.28.0.gz"]),
    (.deribit, ["deribit.ws.1.0.gz"]), (.deribit, ["deribit_http_order_book.json"]), (.dydx, ["dydx.ws.1.0.gz"]),
    (.dydx, ["dydx_v4_http_orderbook.json"]), (.hyperliquid, ["hyperliquid_http_l2_book_btc.json"]),
    (.hyperliquid, ["hyperliquid_l2book_btc_20250126.jsonl.gz"]), (.kraken, ["kraken.ws.48.0.gz"]),
    (.krakenFutures, ["kraken_futures.ws.1.0.gz"]), (.okx, ["okx.ws.1.0.gz"]),
    (.tardisIncremental, ["tardis_deribit_incremental_book_L2_BTC-PERPETUAL.csv"]),
  ])
  func print(venue: Venue, files: [String]) throws {
    var configuration = VenueFeed.Configuration()
    if venue == .dydx { configuration.market = MarketName("BTC-USD") }
    var feed = VenueFeed(venue, configuration: configuration)
    var tally = Tally()
    let lines = try Captures.lines(files)
    for line in lines { tally.observe(feed.read(line.bytes, received: Timestamp(nanoseconds: 1))) }
    tally.observe(feed.finish())
    Swift.print("FIG", files[0], lines.count, "books", tally.books, "trades", tally.trades, "quotes", tally.quotes, "figures", tally.figures, "liq", tally.liquidations, tally.ignored, "rej", tally.rejected.count, tally.rejected.prefix(3), "inv", tally.invalid.count, tally.losses.map { "\($0.market) \($0.reason)" }.prefix(4))
    #expect(tally.rejected.isEmpty)
  }
}
