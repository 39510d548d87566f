/// Depth to add to a book in place of a raise, and which of the two costs less.
public struct LiquidityInjection: Hashable, Sendable {
  /// What a raise asks for, and the book that makes it ask.
  public struct Need: Hashable, Sendable {
    /// The depth that stays in the book on the side of a liquidation, in quote currency.
    public let persistentDepth: Double
    /// The notional that may have to be liquidated, in quote currency.
    public let liquidatableNotional: Double
    /// The part of the wanted margin that depth lowers, as a fraction of notional: what liquidity costs.
    public let liquidityMargin: Double
    /// The rise of the margin, as a fraction of notional.
    public let raise: Double
    /// The notional whose clients would pay the raise, in quote currency; nil where that is not known.
    public let openNotional: Double?

    /// Creates a need.
    public init(
      persistentDepth: Double, liquidatableNotional: Double, liquidityMargin: Double, raise: Double,
      openNotional: Double?
    ) {
      self.persistentDepth = persistentDepth
      self.liquidatableNotional = liquidatableNotional
      self.liquidityMargin = liquidityMargin
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
  /// Depth after which the requirement is what it was before the raise, in quote currency.
  ///
  /// What liquidity costs is taken to fall as one over depth, so a liquidity margin L on a depth D falls by the raise r
  /// with `D r / (L − r)` more. Nil when `r ≥ L`, where the price alone asks for part of the raise and no depth does
  /// instead, and for a book without depth to scale; zero without a raise.
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
      need.persistentDepth, need.liquidatableNotional, need.liquidityMargin, need.raise, need.openNotional ?? 0,
    ]
    guard numbers.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    coverUSD = max(0, settings.cover * need.liquidatableNotional - need.persistentDepth)
    equalRiskUSD = Self.depth(loweringBy: need.raise, of: need.liquidityMargin, at: need.persistentDepth)
    injectionCostPerDay = equalRiskUSD.map { $0 * settings.costPerDay }
    raiseCostPerDay = need.openNotional.map { $0 * need.raise * settings.marginCostPerDay }
  }

  /// The depth to add to `depth` that takes `raise` off a margin which falls as one over depth.
  private static func depth(loweringBy raise: Double, of margin: Double, at depth: Double) -> Double? {
    if raise == 0 { return 0 }
    guard depth > 0, raise < margin else { return nil }
    let added = depth * raise / (margin - raise)
    return added.isFinite ? added : nil
  }
}
