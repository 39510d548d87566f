public import Markets

/// A stretch of time in which losses went beyond margins.
public struct LossEpisode: Codable, Sendable {
  /// The market.
  public let market: MarketName
  /// The side on which positions were closed out.
  public let side: LiquidationSide
  /// The first exceedance.
  public let start: Timestamp
  /// The last exceedance.
  public let end: Timestamp
  /// The largest loss in it, as a fraction of notional at the headline size.
  public let worstLoss: Double
  /// For each policy, in the order of `policies`: shortfall in USD at the headline size.
  public let shortfallUSD: [Double]
  /// For each policy, in the order of `policies`: the margin at the start, at the headline size.
  public let marginAtStart: [Double]

  /// Creates an episode.
  public init(
    market: MarketName, side: LiquidationSide, start: Timestamp, end: Timestamp, worstLoss: Double,
    shortfallUSD: [Double], marginAtStart: [Double]
  ) {
    self.market = market
    self.side = side
    self.start = start
    self.end = end
    self.worstLoss = worstLoss
    self.shortfallUSD = shortfallUSD
    self.marginAtStart = marginAtStart
  }
}
