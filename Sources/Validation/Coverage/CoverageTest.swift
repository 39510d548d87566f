/// A test of whether losses exceed their margin at the promised rate, independently of each other.
///
/// The input of each is one or several sequences in time order, each with its own past (such as a market's side),
/// where `true` is a hit: a loss above its margin. Trials must not overlap in time within a sequence, and the
/// sequences count as independent of each other; when they move together, the p-values are too small.
public enum CoverageTest: String, CaseIterable, Hashable, Sendable, Codable {
  /// P. H. Kupiec's proportion of failures.
  case kupiec
  /// P. F. Christoffersen's test of independence.
  case independence
  /// P. F. Christoffersen's joint test of rate and independence.
  case conditionalCoverage = "conditional-coverage"
  /// R. F. Engle and S. Manganelli's dynamic quantile test.
  case dynamicQuantile = "dynamic-quantile"

  func result(statistic: Double?, pValue: (Double) -> Double) -> CoverageTestResult {
    CoverageTestResult(test: rawValue, statistic: statistic, pValue: statistic.map(pValue))
  }
}

extension CoverageTest {
  /// The tests that a back-test reports: the one-sided Kupiec test, independence, conditional coverage
  /// and dynamic quantile, in this order.
  ///
  /// The miss rate is the promised probability of a hit. A test that cannot tell has a result without numbers; so
  /// have all that need the rate when it does not lie strictly between 0 and 1.
  ///
  /// - Complexity: O(trials).
  public static func all(sequences: [[Bool]], missRate: Double) -> [CoverageTestResult] {
    [
      CoverageTest.kupiec(sequences: sequences, missRate: missRate, alternative: .tooManyHits),
      CoverageTest.independence(sequences: sequences),
      CoverageTest.conditionalCoverage(sequences: sequences, missRate: missRate),
      CoverageTest.dynamicQuantile(sequences: sequences, missRate: missRate),
    ]
  }
}
