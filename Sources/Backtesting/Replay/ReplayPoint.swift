public import Margining
public import Markets

/// One snapshot of one market: what was known of it then, and what followed.
public struct ReplayPoint: Sendable {
  /// When the snapshot was received.
  public let time: Timestamp
  /// The mid price, above zero.
  public let mid: Double
  /// Each side.
  public let sides: BySide<ReplaySide>

  /// Creates a point.
  public init(time: Timestamp, mid: Double, sides: BySide<ReplaySide>) {
    self.time = time
    self.mid = mid
    self.sides = sides
  }
}

/// One side of a snapshot; lists hold a value for each size of position of the replay.
public struct ReplaySide: Sendable {
  /// The depth within the task's band, in quote currency.
  public let depth: Double
  /// The probability of a depth shortfall that a policy goes by, the conservative one of a model with an interval; nil where
  /// no model said one.
  public let probability: Double?
  /// The model's conformal quantiles of the close-out loss at the fixed level; empty where no model said any.
  public let fixedLosses: [Double]
  /// The same quantiles as outcomes moved them; empty where no model said any.
  public let adaptiveLosses: [Double]
  /// The cost of sweeping the book of this instant, as a fraction of notional; NaN where the book shows none.
  public let sweepCosts: [Double]
  /// What a margin policy knows of closing out here; nil where no model said anything.
  public let evidence: CloseOutEvidence?
  /// The close-out loss that followed within the horizon, as a fraction of notional; NaN where unknown.
  ///
  /// From the future.
  public let losses: [Double]

  /// Creates a side.
  public init(
    depth: Double, probability: Double?, fixedLosses: [Double], adaptiveLosses: [Double], sweepCosts: [Double],
    evidence: CloseOutEvidence? = nil, losses: [Double]
  ) {
    self.depth = depth
    self.probability = probability
    self.fixedLosses = fixedLosses
    self.adaptiveLosses = adaptiveLosses
    self.sweepCosts = sweepCosts
    self.evidence = evidence
    self.losses = losses
  }
}
