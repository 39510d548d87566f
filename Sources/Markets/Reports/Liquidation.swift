/// A forced execution.
public struct Liquidation: Hashable, Sendable {
  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Where it happened.
  public let market: MarketName
  /// The side on which it executes: `sell` closes longs.
  public let side: LiquidationSide
  /// The price that the venue states, in quote currency.
  public let price: Double
  /// Size in the unit of the market's books, or in the venue's where nobody said what that is worth.
  public let size: Double

  /// Creates a forced execution; nothing is checked, see `MarketReport.fault`.
  public init(time: Timestamp, market: MarketName, side: LiquidationSide, price: Double, size: Double) {
    self.time = time
    self.market = market
    self.side = side
    self.price = price
    self.size = size
  }
}
