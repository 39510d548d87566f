#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A continued fraction `leading + n₁ / (d₁ + n₂ / (d₂ + …))` evaluated from the front.
///
/// Source: W. J. Lentz, doi:10.1364/AO.15.000668, as modified by I. J. Thompson and A. R. Barnett,
/// doi:10.1016/0021-9991(86)90046-X.
struct ContinuedFraction {
  private(set) var value: Double
  private var forward: Double
  private var backward = 0.0

  private static let tiny = 1e-300

  init(leading: Double) {
    value = leading == 0 ? Self.tiny : leading
    forward = value
  }

  /// Adds one level; whether the value has settled.
  mutating func extend(numerator: Double, denominator: Double) -> Bool {
    backward = denominator + numerator * backward
    if abs(backward) < Self.tiny { backward = Self.tiny }
    backward = 1 / backward
    forward = denominator + numerator / forward
    if abs(forward) < Self.tiny { forward = Self.tiny }
    let factor = forward * backward
    value *= factor
    return abs(factor - 1) < 1e-15
  }
}

/// The natural logarithm of the gamma function of a positive number.
func logGamma(_ value: Double) -> Double {
  let (logarithm, _): (Double, Int) = lgamma(value)
  return logarithm
}
