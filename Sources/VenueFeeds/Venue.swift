/// A venue or vendor whose own lines are understood.
public enum Venue: String, CaseIterable, Hashable, Sendable, Codable {
  /// Binance spot: combined or raw streams, REST depth.
  case binanceSpot = "binance-spot"
  /// Binance USD-margined futures: combined or raw streams, REST depth.
  case binanceFutures = "binance-usdm"
  /// Bybit version 5 public streams and its order book archive; the retired `orderBookL2` topics of version 2.
  case bybit
  /// OKX version 5 public channels.
  case okx
  /// Coinbase Exchange `level2` and Coinbase Advanced Trade `l2_data`.
  case coinbase
  /// Kraken spot, WebSocket versions 1 and 2.
  case kraken
  /// Kraken Futures version 1 feeds.
  case krakenFutures = "kraken-futures"
  /// Deribit version 2 subscriptions and its REST order book.
  case deribit
  /// dYdX version 4 indexer; the retired version 3 feed.
  case dydx
  /// Hyperliquid subscriptions and its `l2Book` request.
  case hyperliquid
  /// BitMEX `orderBookL2` and `orderBookL2_25`.
  case bitmex
  /// Tardis `incremental_book_L2` CSV.
  case tardisIncremental = "tardis-l2"
  /// LOBSTER order book CSV, alone or pasted behind its message file.
  case lobster
}
