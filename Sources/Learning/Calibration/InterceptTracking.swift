package import Checkpoints

/// A shift of log-odds that follows drift: after each outcome b_{t+1} = b_t + η (y_t − p_t), y_t being 1 for an event and p_t
/// the probability that was said.
///
/// It is the gradient step of the log loss in an intercept, so that in the long run events are as frequent as said. Below
/// its evidence it says nothing and does not move, and it never moves further than its limit.
public struct InterceptTracking: Hashable, Sendable {
  /// What has to be seen before anything is shifted, unless configured otherwise.
  public static let standardEvidence = CalibrationEvidence(rows: 500, positives: 20, negatives: 20)
  /// The furthest shift of log-odds, unless configured otherwise: odds change by a factor of at most 7.4.
  public static let standardLimit = 2.0

  /// A step that takes some hundred outcomes of a rare event to follow.
  public static let standard = InterceptTracking(
    checkedStep: 0.02, limit: standardLimit, needed: standardEvidence)

  /// The step η, above zero.
  public let step: Double
  /// The furthest shift, above zero.
  public let limit: Double
  /// What has to be seen before anything is shifted.
  public let needed: CalibrationEvidence
  /// What was seen.
  public private(set) var found = CalibrationEvidence(rows: 0, positives: 0, negatives: 0)
  /// What is added to the next log-odds once there is evidence enough.
  public private(set) var offset = 0.0

  /// A shift that starts at zero, or nil when a setting is out of its range.
  public init?(
    step: Double, limit: Double = InterceptTracking.standardLimit,
    needed: CalibrationEvidence = InterceptTracking.standardEvidence
  ) {
    guard step > 0, step.isFinite, limit > 0, limit.isFinite else { return nil }
    self.init(checkedStep: step, limit: limit, needed: needed)
  }

  private init(checkedStep step: Double, limit: Double, needed: CalibrationEvidence) {
    self.step = step
    self.limit = limit
    self.needed = needed
  }

  /// The probability with its log-odds shifted; nil below the evidence that is needed.
  public func recalibrated(_ probability: Double) -> Double? {
    found.reaches(needed) ? sigmoid(logit(probability) + offset) : nil
  }

  /// Takes in whether the event happened, and moves the shift when `probability` was shifted.
  ///
  /// - Parameter probability: The shifted probability that was said; nil when it was said before there was evidence.
  public mutating func observe(_ happened: Bool, said probability: Double?) {
    found = CalibrationEvidence(
      rows: found.rows + 1, positives: found.positives + (happened ? 1 : 0),
      negatives: found.negatives + (happened ? 0 : 1))
    guard let probability else { return }
    offset = max(-limit, min(limit, offset + step * ((happened ? 1 : 0) - probability)))
  }
}

extension InterceptTracking: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var (positives, negatives) = (found.positives, found.negatives)
    try archive.exchange(&positives)
    try archive.exchange(&negatives)
    guard positives >= 0, negatives >= 0 else { throw StateFault("a number of outcomes is negative") }
    found = CalibrationEvidence(rows: positives + negatives, positives: positives, negatives: negatives)
    try archive.exchange(&offset)
    guard abs(offset) <= limit else { throw StateFault("a shift of log-odds is out of its range") }
  }
}
