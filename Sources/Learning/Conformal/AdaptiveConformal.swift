/// A conformal level that follows drift: after each outcome α_{t+1} = α_t + γ (α − err_t), err_t being 1 for a miss.
///
/// Whatever happens, after T outcomes the share of misses is within (max(α₁, 1 − α₁) + γ) / (γ T) of the target, provided
/// that a miss rate of zero or less is answered by an infinite bound and one of one or more by none.
/// Source: I. Gibbs and E. Candès, "Adaptive conformal inference under distribution shift" (2021), arXiv:2106.00170.
public struct AdaptiveConformal: Hashable, Sendable {
  /// What happened to a bound.
  public enum Outcome: Hashable, Sendable {
    /// The value lay at or below the bound.
    case covered
    /// The value lay above the bound.
    case missed
  }

  /// The wanted share of misses α, above 0 and below 1.
  public let target: Double
  /// The step γ, above zero: how fast the level follows.
  public let step: Double
  /// The share of misses α_t to ask of the next bound; it may leave [0, 1] for a while.
  public private(set) var missRate: Double

  /// A level that starts at the target, or nil when a setting is out of its range.
  public init?(target: Double, step: Double) {
    self.init(target: target, step: step, missRate: target)
  }

  /// A level in the middle of its way, or nil when a setting is out of its range.
  public init?(target: Double, step: Double, missRate: Double) {
    guard target > 0, target < 1, step > 0, step.isFinite, missRate.isFinite else { return nil }
    self.target = target
    self.step = step
    self.missRate = missRate
  }

  /// Moves the level after an outcome.
  public mutating func observe(_ outcome: Outcome) {
    missRate += step * (target - (outcome == .missed ? 1 : 0))
  }

  /// The bound for the next score from scores in rising order: +∞ at a miss rate of zero or less, −∞ at one or more.
  ///
  /// - Complexity: O(1).
  public func bound(ofSorted scores: [Double]) -> Double {
    if missRate <= 0 { return .infinity }
    if missRate >= 1 { return -.infinity }
    return SplitConformal.quantile(ofSorted: scores, level: 1 - missRate)
  }
}

extension AdaptiveConformal: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case target, step, missRate }

  /// Reads a level and checks it; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let level = AdaptiveConformal(
      target: try values.decode(Double.self, forKey: .target), step: try values.decode(Double.self, forKey: .step),
      missRate: try values.decode(Double.self, forKey: .missRate))
    guard let level else {
      throw decoder.corrupted("a conformal level needs a target within (0, 1) and a step above 0")
    }
    self = level
  }
}
