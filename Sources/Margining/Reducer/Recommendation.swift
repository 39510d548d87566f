public import Markets

/// The margin of one tier that the policy recommends, with everything that led to it.
public struct Recommendation: Hashable, Sendable {
  /// The instant of the request.
  public let time: Timestamp
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The tier's index in its schedule, 0 for the first.
  public let tierIndex: Int
  /// The notional at which the tier starts, in quote currency.
  public let lowerBound: Double
  /// The maintenance margin in force before the request.
  public let current: MarginFraction
  /// The maintenance margin to put into force; equal to `current` when nothing should change.
  public let recommended: MarginFraction
  /// The deduction that makes the recommended schedule continuous, in quote currency.
  public let deduction: Double
  /// The initial margin in force before the request.
  public let currentInitial: MarginFraction
  /// The initial margin that goes with the recommended maintenance margin.
  public let initialMargin: MarginFraction
  /// Why the initial margin is what it is.
  public let initialReason: InitialMarginReason
  /// The multiple of the scheduled margin that the score alone asks for; nil without a recent score, and where the
  /// conditional form decides.
  public let multiplier: Double?
  /// What each step of the control chain did, in its order; the first starts at `current`.
  public let adjustments: [Adjustment]

  /// The largest leverage at entry, 1 over the initial margin rounded down; from 1 to 1,000,000.
  public var maximumLeverage: Int { initialMargin.maximumLeverage }

  /// Whether the maintenance margin should change, so that clients need a notice.
  public var isChange: Bool { current != recommended }

  /// Whether the initial margin should change, so that clients need a notice.
  public var isInitialChange: Bool { currentInitial != initialMargin }

  /// The constraint that decided the result: the last step that changed the margin.
  ///
  /// `requirement` when no later step interfered.
  public var binding: ControlStep { adjustments.last(where: \.isChange)?.step ?? .requirement }

  /// What existing positions have to hold, where the feedback guard judged or a path that it published goes on; nil where
  /// they have to hold what is recommended.
  public var existing: ExistingMargin? {
    for case .feedbackGuard(let reason) in adjustments.map(\.reason) { return reason.existing }
    return nil
  }

  /// The margin that the adjustments lead to from `current`, or nil when one does not start where the one before ended.
  ///
  /// Equal to `recommended` for every recommendation that the policy makes.
  public func replayed() -> MarginFraction? {
    var margin = current
    for adjustment in adjustments {
      guard adjustment.before == margin else { return nil }
      margin = adjustment.after
    }
    return margin
  }
}
