/// The side that took liquidity.
public enum Aggressor: String, CaseIterable, Hashable, Sendable, Codable {
  /// The buyer took an ask.
  case buy
  /// The seller hit a bid.
  case sell
}

/// A trade as the venue printed it.
public struct Trade: Hashable, Sendable {
  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Where it happened.
  public let market: MarketName
  /// Price in quote currency.
  public let price: Double
  /// Size in the unit of the market's books, or in the venue's where nobody said what that is worth.
  public let size: Double
  /// Who took liquidity, where the venue says so.
  public let aggressor: Aggressor?

  /// Creates a trade; nothing is checked, see `MarketReport.fault`.
  public init(time: Timestamp, market: MarketName, price: Double, size: Double, aggressor: Aggressor?) {
    self.time = time
    self.market = market
    self.price = price
    self.size = size
    self.aggressor = aggressor
  }
}
