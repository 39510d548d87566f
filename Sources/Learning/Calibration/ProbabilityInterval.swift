/// Two probabilities of one event, one of which is perfectly calibrated when calibration rows and this row are exchangeable.
public struct ProbabilityInterval: Hashable, Sendable {
  /// The probability if this row turned out to be no event; the lower one.
  public let low: Double
  /// The probability if this row turned out to be an event; the higher one, and the conservative bound.
  public let high: Double

  /// Creates an interval.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// One probability for both, p₁ / (1 − p₀ + p₁), which minimises the largest log loss over them.
  ///
  /// Source: V. Vovk, I. Petej and V. Fedorova, arXiv:1511.00213, section 4.
  public var merged: Double { high / (1 - low + high) }
}
