import Parallelism
import Sampling

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Acerbi and Székely's test Z2: whether losses beyond the quantile are as frequent and as large as forecast.
///
/// With T trials, a miss rate p and expected shortfalls e, `Z2 = 1 − Σ l / (T p e)` over the losses l beyond their quantile:
/// zero on average for a correct forecast, and below zero where losses are larger or more frequent. The p-value is the share of
/// simulated back-tests of correct forecasts with a statistic at most the observed one, so only too little foresight counts.
/// For normal losses, 250 trials and a miss rate of 2.5 %, −0.70 is critical at 5 %. Source: C. Acerbi and B. Székely,
/// "Backtesting Expected Shortfall" (2014), Risk 27(11).
public enum ExpectedShortfallTest {
  /// How losses beyond a quantile are distributed in simulated back-tests.
  public enum Tail: Hashable, Sendable {
    /// As those of a normal loss of mean zero.
    case normal
    /// As those of a Pareto tail that starts at the quantile and has the forecast's mean.
    case pareto
  }

  /// The number of back-tests that are simulated unless said otherwise.
  public static let standardDraws = 2_000

  /// The test of forecasts in any order; trials count as independent of each other.
  ///
  /// It cannot tell without trials or with a miss rate outside 0 to 1, ends excluded.
  ///
  /// - Complexity: O(trials + draws · trials · missRate).
  public static func z2(
    of forecasts: [TailForecast], missRate: Double, tail: Tail = .pareto, draws: Int = standardDraws, seed: UInt64 = 1
  ) -> CoverageTestResult {
    guard !forecasts.isEmpty, isProperRate(missRate) else { return result(statistic: nil, pValue: nil) }
    let hits = forecasts.filter(\.isHit).reduce(0) { $0 + $1.loss / $1.expectedShortfall }
    let statistic = 1 - hits / (Double(forecasts.count) * missRate)
    let simulated = simulated(forecasts, missRate: missRate, tail: tail, draws: draws, seed: seed)
    let asLow = simulated.count { $0 <= statistic }
    return result(statistic: statistic, pValue: Double(asLow + 1) / Double(simulated.count + 1))
  }

  /// The statistics of simulated back-tests in which these forecasts are correct.
  package static func simulated(
    _ forecasts: [TailForecast], missRate: Double, tail: Tail, draws: Int, seed: UInt64
  ) -> [Double] {
    let beyondQuantile = BeyondQuantile(tail, missRate: missRate)
    let logMiss = log1p(-missRate)
    return concurrentMap(Array(0..<max(1, draws))) { draw in
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw))
      var sum = 0.0
      var trial = 0.0
      while true {
        // The number of trials up to the next hit is geometric.
        trial += (log(1 - generator.uniform()) / logMiss).rounded(.down)
        guard trial < Double(forecasts.count) else { break }
        sum += beyondQuantile.loss(of: forecasts[Int(trial)], share: 1 - generator.uniform())
        trial += 1
      }
      return 1 - sum / (Double(forecasts.count) * missRate)
    }
  }

  private static func result(statistic: Double?, pValue: Double?) -> CoverageTestResult {
    CoverageTestResult(test: "expected-shortfall-z2", statistic: statistic, pValue: pValue)
  }
}

/// Losses beyond a quantile, in units of the expected shortfall.
private struct BeyondQuantile: Sendable {
  private let tail: ExpectedShortfallTest.Tail
  private let missRate: Double
  /// The expected shortfall of a standard normal loss.
  private let normalShortfall: Double

  init(_ tail: ExpectedShortfallTest.Tail, missRate: Double) {
    self.tail = tail
    self.missRate = missRate
    let quantile = NormalDistribution.quantile(1 - missRate)
    normalShortfall = exp(-quantile * quantile / 2) / (2 * Double.pi).squareRoot() / missRate
  }

  /// The loss that a share above 0, at most 1, of the losses beyond the quantile reaches.
  func loss(of forecast: TailForecast, share: Double) -> Double {
    switch tail {
    case .normal: return -NormalDistribution.quantile(missRate * share) / normalShortfall
    case .pareto:
      let shape = 1 - forecast.quantile / forecast.expectedShortfall
      return (1 - shape) * pow(share, -shape)
    }
  }
}
