package import Checkpoints

/// A correction of predicted quantiles that follows drift: after each outcome θ_{t+1} = θ_t + η (err_t − α), err_t being 1
/// for a miss.
///
/// Unlike an adaptive level it never asks for an infinite bound, so that a run of misses over overlapping horizons moves it
/// by finite steps. If what it corrects would be off by at most b, the share of misses after T outcomes is within
/// (b + η) / (η T) of the target.
/// Source: A. Angelopoulos, E. Candès and R. Tibshirani, "Conformal PID control for time series prediction" (2023),
/// arXiv:2307.16895, proposition 1.
public struct QuantileTracking: Hashable, Sendable {
  /// The wanted share of misses α, above 0 and below 1.
  public let target: Double
  /// The step η, above zero, in the unit of the offset.
  public let step: Double
  /// What is added to the next predicted quantile.
  public private(set) var offset = 0.0

  /// A correction that starts at zero, or nil when a setting is out of its range.
  public init?(target: Double, step: Double) {
    guard target > 0, target < 1, step > 0, step.isFinite else { return nil }
    self.target = target
    self.step = step
  }

  /// Moves the offset after an outcome.
  public mutating func observe(_ outcome: AdaptiveConformal.Outcome) {
    offset += step * ((outcome == .missed ? 1 : 0) - target)
  }

  /// The corrected quantile.
  public func corrected(_ prediction: Double) -> Double { prediction + offset }
}

extension QuantileTracking: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&offset)
    guard offset.isFinite else { throw StateFault("the offset of a quantile is not finite") }
  }
}
