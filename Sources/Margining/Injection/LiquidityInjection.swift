/// Depth to add to a book in place of a raise, and which of the two costs less.
public struct LiquidityInjection: Hashable, Sendable {
  /// What a raise asks for, and the book that makes it ask.
  public struct Need: Hashable, Sendable {
    /// The depth that stays in the book on the side of a liquidation, in quote currency.
    public let persistentDepth: Double
    /// The notional that may have to be liquidated, in quote currency.
    public let liquidatableNotional: Double
    /// The depth to add after which the margin before the raise is what is needed, in quote currency; nil where none does.
    public let equalRiskUSD: Double?
    /// The rise of the margin, as a fraction of notional.
    public let raise: Double
    /// The notional whose clients would pay the raise, in quote currency; nil where that is not known.
    public let openNotional: Double?

    /// Creates a need.
    public init(
      persistentDepth: Double, liquidatableNotional: Double, equalRiskUSD: Double?, raise: Double,
      openNotional: Double?
    ) {
      self.persistentDepth = persistentDepth
      self.liquidatableNotional = liquidatableNotional
      self.equalRiskUSD = equalRiskUSD
      self.raise = raise
      self.openNotional = openNotional
    }
  }

  /// One of the two ways to the same risk.
  public enum Alternative: String, Hashable, Sendable {
    /// Ask clients for more margin.
    case raise
    /// Pay for more depth.
    case injection
  }

  /// Depth that covers the liquidatable notional, `max(0, c · liquidatable − persistent depth)`, in quote currency.
  public let coverUSD: Double
  /// Depth to add after which the margin before the raise is what is needed, in quote currency; nil where no depth does.
  public let equalRiskUSD: Double?
  /// What `equalRiskUSD` costs a day, in quote currency; nil with it.
  public let injectionCostPerDay: Double?
  /// What the raise costs clients a day, in quote currency; nil where nothing is known of their positions.
  public let raiseCostPerDay: Double?

  /// The way that costs less, the raise when both cost the same; nil where one of the costs is unknown.
  public var cheaper: Alternative? {
    guard let injectionCostPerDay, let raiseCostPerDay else { return nil }
    return injectionCostPerDay < raiseCostPerDay ? .injection : .raise
  }

  /// Weighs a raise against depth under stated costs; nil when a number of the need is negative or not finite.
  public init?(for need: Need, _ settings: InjectionSettings) {
    let numbers = [
      need.persistentDepth, need.liquidatableNotional, need.equalRiskUSD ?? 0, need.raise, need.openNotional ?? 0,
    ]
    guard numbers.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    coverUSD = max(0, settings.cover * need.liquidatableNotional - need.persistentDepth)
    equalRiskUSD = need.equalRiskUSD
    injectionCostPerDay = equalRiskUSD.map { $0 * settings.costPerDay }
    raiseCostPerDay = need.openNotional.map { $0 * need.raise * settings.marginCostPerDay }
  }
}
