public import Markets

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How a probability of shortfall becomes a multiple of the scheduled margin: `k = clip((p / p*)^ξ, 1, maximum)`.
///
/// Exact for losses with a Pareto tail of shape ξ: margin that is exceeded with probability p must grow by this factor
/// to be exceeded with probability p*. A probability of 5 % against a target of 1 % at ξ 0.4 gives 1.904.
public struct MultiplierCurve: Hashable, Sendable {
  /// The accepted probability of shortfall p*, above 0.
  public let target: Probability
  /// The shape ξ of the loss tail, above 0, at most 1.
  public let tailIndex: Double
  /// The largest multiplier, at least 1.
  public let maximum: Double

  /// A target of 1 %, a tail index of 0.4 and at most three times the margin.
  public static let standard = MultiplierCurve()

  private init() {
    target = .onePercent
    tailIndex = 0.4
    maximum = 3
  }

  /// Creates a curve.
  ///
  /// - Throws: the first setting outside its range.
  public init(target: Probability, tailIndex: Double = 0.4, maximum: Double = 3) throws(MarginingFault) {
    try require(target.value, above: 0, .target)
    try require(tailIndex, above: 0, .tailIndex)
    try require(tailIndex, within: 0...1, .tailIndex)
    try require(maximum, within: 1...1_000, .maximumMultiplier)
    self.target = target
    self.tailIndex = tailIndex
    self.maximum = maximum
  }

  /// The multiplier of a probability, from 1 to `maximum`; it never falls as the probability rises.
  public func multiplier(for probability: Probability) -> Double {
    min(maximum, max(1, pow(probability.value / target.value, tailIndex)))
  }

  /// The probability that a margin is exceeded with when it should be `ratio` times as large, `p* · ratio^(1/ξ)`, at most 1.
  ///
  /// The multiplier's own relation read backwards. A ratio that is not above 0 gives 0.
  public func impliedProbability(ofRatio ratio: Double) -> Probability {
    guard ratio > 0, let probability = Probability(min(1, target.value * pow(ratio, 1 / tailIndex))) else {
      return .never
    }
    return probability
  }
}

extension MarginFraction {
  /// The margin times a multiplier of at least 1, rounded up to parts per million, at most the whole notional.
  func scaled(by multiplier: Double) -> MarginFraction {
    MarginFraction(roundingUp: min(1, fraction * multiplier)) ?? .full
  }
}
