public import Labels
public import Markets

/// What was said of one side of a market at one instant, beside what followed.
public struct MaturedOutcome: Hashable, Sendable {
  /// When it was said: the origin of the horizon.
  public let time: Timestamp
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The end of the horizon; the outcome is known to the stream from the next book of the market on.
  public let informationEnd: Timestamp
  /// The probability of a depth shortfall, as the model said it.
  public let probability: Probability
  /// The same as recalibrated on the stream; nil when nothing was recalibrated then.
  public let recalibrated: Probability?
  /// Whether the book was in shortfall when it was said; nil when its depth was unknown.
  public let inShortfall: Bool?
  /// Whether the shortfall followed.
  public let depthShortfall: Outcome<Bool>
  /// What was said of closing positions out and what followed, sizes rising; empty for a model without quantiles.
  public let closeOuts: [MaturedCloseOut]
}

/// One size of position, what was said of closing it out and what it would have cost.
public struct MaturedCloseOut: Hashable, Sendable {
  /// The size in quote currency.
  public let notional: Double
  /// The loss as a fraction of notional; nil where it is unknown.
  public let loss: Double?
  /// What was said, levels rising.
  public let quantiles: [MaturedQuantile]
}

/// A quantile of a close-out loss as it was said; losses are fractions of notional.
public struct MaturedQuantile: Hashable, Sendable {
  /// The probability with which the loss stays within it.
  public let level: Double
  /// The model's quantile.
  public let fixed: Double
  /// The quantile as the outcomes known by then had moved it.
  public let adapted: Double
}
