public import Markets

/// A quantile as it was said at one instant, fixed and as outcomes had moved it, beside the value that followed.
public struct FollowedQuantile: Hashable, Sendable {
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The UTC day of the instant.
  public let day: Int
  /// The level, which is the coverage that both aim at.
  public let level: Double
  /// The quantile that learns nothing from outcomes.
  public let fixed: Double
  /// The quantile that outcomes move.
  public let adapted: Double
  /// What followed, in the same unit.
  public let value: Double

  /// Creates a row.
  public init(
    market: MarketName, side: LiquidationSide, day: Int, level: Double, fixed: Double, adapted: Double, value: Double
  ) {
    self.market = market
    self.side = side
    self.day = day
    self.level = level
    self.fixed = fixed
    self.adapted = adapted
    self.value = value
  }
}

/// A probability as it was said at one instant, and as outcomes had moved it, beside what happened.
public struct FollowedProbability: Hashable, Sendable {
  /// The UTC day of the instant.
  public let day: Int
  /// The probability that learns nothing from outcomes.
  public let fixed: Double
  /// The probability that outcomes move; nil while there were too few.
  public let adapted: Double?
  /// Whether the event happened.
  public let happened: Bool

  /// Creates a row.
  public init(day: Int, fixed: Double, adapted: Double?, happened: Bool) {
    self.day = day
    self.fixed = fixed
    self.adapted = adapted
    self.happened = happened
  }
}
