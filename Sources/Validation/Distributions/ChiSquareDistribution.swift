#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The χ² distribution.
public enum ChiSquareDistribution {
  /// The probability of a value above `value`, for a positive number of degrees of freedom.
  ///
  /// It is one for a negative value, and undefined for an undefined value or without degrees of freedom. The
  /// relative error is below 1e-10 up to ten thousand degrees of freedom.
  ///
  /// - Complexity: O(√degrees of freedom).
  public static func survival(_ value: Double, degreesOfFreedom: Int) -> Double {
    guard degreesOfFreedom > 0, !value.isNaN else { return .nan }
    return upperGamma(shape: Double(degreesOfFreedom) / 2, value / 2)
  }

  private static let iterationLimit = 100_000

  /// The regularised upper incomplete gamma function Q(shape, x); undefined when it does not converge.
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.7.1 (series) and 8.9.2 (continued fraction).
  private static func upperGamma(shape: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    let scale = exp(shape * log(x) - x - logGamma(shape))
    return x < shape + 1 ? 1 - scale * lowerSeries(shape: shape, x) : scale * upperFraction(shape: shape, x)
  }

  private static func lowerSeries(shape: Double, _ x: Double) -> Double {
    var term = 1 / shape
    var sum = term
    for index in 1...iterationLimit {
      term *= x / (shape + Double(index))
      sum += term
      if term < sum * 1e-17 { return sum }
    }
    return .nan
  }

  private static func upperFraction(shape: Double, _ x: Double) -> Double {
    var fraction = ContinuedFraction(leading: x + 1 - shape)
    for index in 1...iterationLimit {
      let i = Double(index)
      if fraction.extend(numerator: -i * (i - shape), denominator: x + 1 - shape + 2 * i) {
        return 1 / fraction.value
      }
    }
    return .nan
  }
}
