public import Markets

/// One step of a margin schedule: from this notional on, this rate applies to the next unit of notional.
public struct Tier: Hashable, Sendable {
  /// The notional at which the tier starts, in quote currency.
  public let lowerBound: Double
  /// The maintenance margin rate of the tier.
  public let maintenance: MarginFraction

  /// Creates a tier; `TierSchedule` judges whether tiers fit together.
  public init(lowerBound: Double, maintenance: MarginFraction) {
    self.lowerBound = lowerBound
    self.maintenance = maintenance
  }
}
