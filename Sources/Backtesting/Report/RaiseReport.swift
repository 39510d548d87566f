public import Markets

/// One rise of the margin in force, what liquidity would have done instead, and what it would have forced.
public struct RaiseReport: Codable, Sendable {
  /// When it was asked.
  public let time: Timestamp
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The maintenance margin at the headline size before, as a fraction of notional.
  public let before: Double
  /// The same after, for new positions.
  public let after: Double
  /// The step of the control chain that decided it.
  public let binding: String
  /// The liquidity that would have done instead; nil where the policy has no costs to compare.
  public let injection: InjectionFigures?
  /// What the raise forces; nil without accounts.
  public let feedback: FeedbackFigures?

  /// Creates a report of a raise.
  public init(
    time: Timestamp, market: MarketName, side: LiquidationSide, before: Double, after: Double, binding: String,
    injection: InjectionFigures?, feedback: FeedbackFigures?
  ) {
    self.time = time
    self.market = market
    self.side = side
    self.before = before
    self.after = after
    self.binding = binding
    self.injection = injection
    self.feedback = feedback
  }
}

/// Liquidity to add in place of a raise.
public struct InjectionFigures: Codable, Hashable, Sendable {
  /// Depth that covers the liquidatable notional, in USD.
  public let coverUSD: Double
  /// Depth after which the requirement is the margin before the raise, in USD; nil where no depth does.
  public let equalRiskUSD: Double?
  /// The distance from the mid within which it must stand, in basis points.
  public let withinBasisPoints: Double
  /// What the liquidity costs a day, in USD; nil with `equalRiskUSD`.
  public let injectionCostPerDay: Double?
  /// What the raise costs clients a day, in USD; nil where nothing is known of their positions.
  public let raiseCostPerDay: Double?
  /// `raise` or `injection`, whichever costs less; nil where one of them is unknown.
  public let cheaper: String?

  /// Creates figures.
  public init(
    coverUSD: Double, equalRiskUSD: Double?, withinBasisPoints: Double, injectionCostPerDay: Double?,
    raiseCostPerDay: Double?, cheaper: String?
  ) {
    self.coverUSD = coverUSD
    self.equalRiskUSD = equalRiskUSD
    self.withinBasisPoints = withinBasisPoints
    self.injectionCostPerDay = injectionCostPerDay
    self.raiseCostPerDay = raiseCostPerDay
    self.cheaper = cheaper
  }
}

/// What a raise forces out of existing positions, with and without the guard.
public struct FeedbackFigures: Codable, Hashable, Sendable {
  /// What a liquidation cascade does.
  public struct Cascade: Codable, Hashable, Sendable {
    /// The notional that the raise itself liquidates, in USD.
    public let firstRoundUSD: Double
    /// The notional liquidated in all, with those that the price impact pulls down, in USD.
    public let totalUSD: Double
    /// `totalUSD` over `firstRoundUSD`; nil where nothing is liquidated.
    public let amplification: Double?
    /// The price impact in all, as a fraction of the mid.
    public let priceImpact: Double

    /// Creates figures of a cascade.
    public init(firstRoundUSD: Double, totalUSD: Double, amplification: Double?, priceImpact: Double) {
      self.firstRoundUSD = firstRoundUSD
      self.totalUSD = totalUSD
      self.amplification = amplification
      self.priceImpact = priceImpact
    }
  }

  /// The forced notional that the guard allows, in USD.
  public let limitUSD: Double
  /// The maintenance margin at the headline size that existing positions get at once.
  public let appliedAtOnce: Double
  /// The whole raise at once.
  public let unguarded: Cascade
  /// What the guard lets through.
  public let guarded: Cascade

  /// Creates figures.
  public init(limitUSD: Double, appliedAtOnce: Double, unguarded: Cascade, guarded: Cascade) {
    self.limitUSD = limitUSD
    self.appliedAtOnce = appliedAtOnce
    self.unguarded = unguarded
    self.guarded = guarded
  }
}
