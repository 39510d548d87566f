public import Learning
public import Margining
public import Markets

/// What the model says of one side at one instant, and why.
public struct SideScore: Hashable, Sendable {
  /// The probability of a shortfall within the horizon.
  public let probability: Probability
  /// Two recalibrated probabilities, which need not have `probability` between them; nil for a model without an interval.
  public let interval: ProbabilityInterval?
  /// The log-odds that the reasons add up to.
  ///
  /// They are the probability's own, except behind an isotonic calibration, whose steps no sum can follow: then they are
  /// the model's log-odds before calibration.
  public let logOdds: Double
  /// The log-odds of an average training row.
  public let base: Double
  /// The features that move the log-odds most, the largest first.
  public let reasons: [Reason]
  /// What all other features add together: `base + Σ contributions + otherReasons = logOdds` to 1e-9.
  public let otherReasons: Double
  /// Quantiles of the close-out loss, levels rising; nil for a model without them.
  public let closeOutQuantiles: [CloseOutQuantile]?
  /// The same for positions of several sizes, levels rising; nil for a model without a ladder of sizes.
  public let closeOutLadder: [CloseOutLadderLevel]?
  /// What a margin policy knows of closing out at this instant; nil for a model without a ladder of sizes and while the
  /// market warms up.
  public let evidence: CloseOutEvidence?
  /// The quantiles as the outcomes known by this instant move them; nil unless the stream gives feedback.
  public internal(set) var adapted: AdaptedCloseOut?
  /// The probability as the outcomes known by this instant move it; nil unless it is recalibrated on the stream.
  public internal(set) var recalibrated: Probability?

  /// What a margin policy is to know of closing out: with the adapted quantiles where there are some.
  public var policyEvidence: CloseOutEvidence? { adapted.map(\.evidence) ?? evidence }

  /// The probability that a margin is made of: the largest that the model, or its interval where it has one, gives.
  public var policyProbability: Probability {
    guard let interval, interval.high > probability.value else { return probability }
    return Probability(interval.high) ?? probability
  }
}

/// A loss that the close-out of a position stays within with a probability of `level`.
public struct CloseOutQuantile: Hashable, Sendable {
  /// The probability.
  public let level: Double
  /// The loss as a fraction of notional.
  public let loss: Double
}

/// Losses that the close-outs of positions of several sizes each stay within with a probability of `level`.
public struct CloseOutLadderLevel: Hashable, Sendable {
  /// One size of position.
  public struct Rung: Hashable, Sendable {
    /// The size in quote currency.
    public let notional: Double
    /// The loss as a fraction of notional.
    public let loss: Double
  }

  /// The probability.
  public let level: Double
  /// The sizes, rising; their losses never fall.
  public let rungs: [Rung]
}

/// Quantiles of the close-out loss as matured outcomes move them, beside those of the model.
public struct AdaptedCloseOut: Hashable, Sendable {
  /// Quantiles of the loss of the task's own size, levels rising.
  public let quantiles: [CloseOutQuantile]
  /// The same for positions of several sizes; nil for a model without a ladder of sizes.
  public let ladder: [CloseOutLadderLevel]?
  /// What a margin policy knows of closing out, with these quantiles; nil where the score itself has no evidence.
  public let evidence: CloseOutEvidence?
}

/// One feature's part in a score.
public struct Reason: Hashable, Sendable {
  /// The feature's name.
  public let feature: String
  /// Its value in the catalogue's unit; NaN when it is undefined.
  public let value: Double
  /// How far it moves the log-odds from the base.
  public let contribution: Double
}
