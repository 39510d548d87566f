#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value above `value`; undefined for an undefined value.
  ///
  /// Far in the upper tail it keeps its relative accuracy, until it underflows near 38.
  public static func survival(_ value: Double) -> Double {
    erfc(value / 2.0.squareRoot()) / 2
  }

  /// The value below which the given probability lies: infinite at 0 and 1, undefined outside 0 to 1.
  ///
  /// Source: the start is formula 26.2.23 of M. Abramowitz and I. A. Stegun (1964), and Halley's steps finish it.
  public static func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    let tail = min(probability, 1 - probability)
    guard tail > 0 else { return probability > 0 ? .infinity : -.infinity }
    let upper = upperQuantile(tail)
    return probability < 0.5 ? -upper : upper
  }

  /// The value above which a probability of at most one half lies.
  private static func upperQuantile(_ tail: Double) -> Double {
    if tail == 0.5 { return 0 }
    let t = (-2 * log(tail)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var value = t - numerator / denominator
    for _ in 0..<3 {
      let density = exp(-value * value / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { return value }
      let step = (survival(value) - tail) / density
      value += step / (1 - value * step / 2)
    }
    return value
  }
}
