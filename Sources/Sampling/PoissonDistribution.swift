#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The number of events that come independently of each other at a constant rate.
public enum PoissonDistribution {
  /// The probability of `count` events or more where `mean` are expected, e^−λ Σ λ^k / k! over k ≥ count.
  ///
  /// Relative precision is kept for small probabilities. NaN for a mean that is negative or no number.
  ///
  /// - Complexity: O(count + terms), and terms are few beyond the mean.
  public static func probability(ofAtLeast count: Int, mean: Double) -> Double {
    guard mean >= 0, mean.isFinite else { return .nan }
    if count <= 0 { return 1 }
    if mean == 0 { return 0 }
    var logarithm = -mean
    for step in 1...count { logarithm += log(mean / Double(step)) }
    var term = exp(logarithm)
    var sum = term
    var number = Double(count)
    // Below the mean terms rise first; beyond it they fall at least as fast as a geometric series.
    while number < mean || term > sum * 1e-17 {
      number += 1
      term *= mean / number
      sum += term
      if term == 0 { break }
    }
    return min(1, sum)
  }
}
