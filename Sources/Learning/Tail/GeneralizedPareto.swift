#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The generalised Pareto distribution of excesses x ≥ 0 over a threshold: P(X > x) = (1 + ξ x/β)^(−1/ξ), and e^(−x/β) at
/// ξ = 0.
///
/// Source: J. Pickands, doi:10.1214/aos/1176343003.
public struct GeneralizedPareto: Hashable, Sendable {
  /// The shapes that a fit accepts: below the least the usual standard errors do not hold; above the greatest, moments
  /// and quantiles mean nothing.
  public static let shapes = -0.5...2.0
  /// The least number of excesses that a fit accepts.
  public static let neededCount = 30

  /// The shape ξ: above zero the tail is a power law with index 1/ξ, below zero it ends at −β/ξ.
  public let shape: Double
  /// The scale β, above zero, in the unit of the excesses.
  public let scale: Double

  /// A distribution, or nil unless the shape is finite and the scale finite and above zero.
  public init?(shape: Double, scale: Double) {
    guard shape.isFinite, scale > 0, scale.isFinite else { return nil }
    self.shape = shape
    self.scale = scale
  }

  /// The excess that is exceeded with the given probability, (β/ξ)(p^(−ξ) − 1); NaN outside 0 < p ≤ 1.
  public func excess(exceededWithProbability probability: Double) -> Double {
    guard probability > 0, probability <= 1 else { return .nan }
    let depth = -log(probability)
    return scale * (shape == 0 ? depth : expm1(shape * depth) / shape)
  }

  /// The probability of an excess above `excess`; 1 below zero.
  public func survival(_ excess: Double) -> Double {
    if excess <= 0 { return 1 }
    if shape == 0 { return exp(-excess / scale) }
    let stretch = shape * excess / scale
    return stretch <= -1 ? 0 : exp(-log1p(stretch) / shape)
  }

  /// The log-likelihood of excesses, in nats; −∞ when one is negative or beyond the end of the tail.
  public func logLikelihood(_ excesses: [Double]) -> Double {
    var sum = 0.0
    for excess in excesses {
      let stretch = shape * excess / scale
      guard excess >= 0, stretch > -1 else { return -.infinity }
      sum -= log(scale) + (shape == 0 ? excess / scale : (1 + 1 / shape) * log1p(stretch))
    }
    return sum
  }
}
