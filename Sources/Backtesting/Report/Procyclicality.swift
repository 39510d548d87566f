public import Markets

/// How a policy's margin moved in one market, at the headline notional, both sides' worst.
public struct Procyclicality: Codable, Sendable {
  /// The market.
  public let market: MarketName
  /// The largest margin over the smallest.
  public let peakToTrough: Double
  /// The largest rise within one hour, as a fraction of notional.
  public let rise1h: Double
  /// The largest rise within one day, as a fraction of notional.
  public let rise1d: Double
  /// The largest rise within five days, as a fraction of notional.
  public let rise5d: Double
  /// The largest rise within thirty days, as a fraction of notional.
  public let rise30d: Double
  /// The number of changes of the margin per day.
  public let changesPerDay: Double
  /// What holders of one position of the headline size on each side had to add, in USD.
  public let marginCallUSD: Double

  /// Creates the figures of one market.
  public init(
    market: MarketName, peakToTrough: Double, rise1h: Double, rise1d: Double, rise5d: Double, rise30d: Double,
    changesPerDay: Double, marginCallUSD: Double
  ) {
    self.market = market
    self.peakToTrough = peakToTrough
    self.rise1h = rise1h
    self.rise1d = rise1d
    self.rise5d = rise5d
    self.rise30d = rise30d
    self.changesPerDay = changesPerDay
    self.marginCallUSD = marginCallUSD
  }
}
