import Sampling
import Testing
import Validation

@Suite("Acerbi and Székely's test of expected shortfall")
struct ExpectedShortfallTests {
  /// The tail of a standard normal loss at 2.5 %.
  private static func normal(_ loss: Double) -> TailForecast? {
    TailForecast(quantile: 1.959963984540054, expectedShortfall: 2.337802792201415, loss: loss)
  }

  private static func z2(_ losses: [Double], missRate: Double = 0.025, draws: Int = 1_000) -> CoverageTestResult {
    ExpectedShortfallTest.z2(of: losses.compactMap(normal), missRate: missRate, tail: .normal, draws: draws, seed: 3)
  }

  @Test("A worked statistic: two losses beyond the quantile of a hundred trials")
  func worked() throws {
    let losses = [Double](repeating: 0, count: 98) + [2, 4]
    // 1 − (2 + 4) / (100 · 0.05 · 3) = 0.6, with forecasts of quantile 1 and expected shortfall 3.
    let forecasts = losses.compactMap { TailForecast(quantile: 1, expectedShortfall: 3, loss: $0) }
    let result = ExpectedShortfallTest.z2(of: forecasts, missRate: 0.05)
    #expect(isClose(result.statistic, 0.6))
    #expect(result.test == "expected-shortfall-z2")
    #expect(try #require(result.pValue) > 0.5)
  }

  /// Known values of the test's paper for 250 trials at 2.5 %; by our own 40,000 back-tests in NumPy 2.4.6 −0.6998 and −1.872.
  @Test("The normal critical values are −0.70 at 5 % and about −1.8 at 0.01 %")
  func criticalValues() {
    let forecasts = [Double](repeating: 0, count: 250).compactMap(Self.normal)
    let statistics = ExpectedShortfallTest.simulated(
      forecasts, missRate: 0.025, tail: .normal, draws: 40_000, seed: 5
    ).sorted()
    #expect(abs(statistics[2_000] + 0.70) < 0.02)
    #expect(abs(statistics[4] + 1.8) < 0.15)
    #expect(abs(statistics.reduce(0, +) / 40_000) < 0.01)
  }

  @Test("A Pareto tail from the quantile has the forecast's mean: simulated statistics average zero")
  func paretoMean() {
    let forecasts = (0..<200).compactMap { index in
      TailForecast(quantile: 1, expectedShortfall: index.isMultiple(of: 2) ? 1.2 : 1.5, loss: 0)
    }
    let statistics = ExpectedShortfallTest.simulated(forecasts, missRate: 0.05, tail: .pareto, draws: 20_000, seed: 5)
    #expect(abs(statistics.reduce(0, +) / 20_000) < 0.01)
  }

  /// The share of back-tests of 250 normal losses that is rejected at 5 %.
  private func rejections(scale: Double) -> Double {
    var generator = SeededGenerator(seed: 11)
    let rejected = (0..<200).count { _ in
      let losses = (0..<250).map { _ in scale * generator.normal() }
      return Self.z2(losses, draws: 400).isRejected(at: 0.05) == true
    }
    return Double(rejected) / 200
  }

  @Test("Correct forecasts are rejected about one time in twenty, losses half as large again nearly always")
  func sizeAndPower() {
    #expect(abs(rejections(scale: 1) - 0.05) < 0.047)
    #expect(rejections(scale: 1.5) > 0.95)
    #expect(rejections(scale: 0.8) == 0)
  }

  @Test("The same seed gives the same p-value, and no trial gives none")
  func edges() {
    let losses = (0..<100).map { Double($0) / 40 }
    #expect(Self.z2(losses) == Self.z2(losses))
    #expect(Self.z2([]).pValue == nil)
    for rate in [0, 1, -0.1, 1.5, .nan] { #expect(Self.z2(losses, missRate: rate).pValue == nil) }
  }

  @Test(
    "A forecast needs a quantile above zero, an expected shortfall above it, and finite numbers",
    arguments: [
      (0, 1, 1), (-1, 1, 1), (1, 1, 1), (2, 1, 1), (.nan, 1, 1), (1, .nan, 1), (1, .infinity, 1), (1, 2, .nan),
      (1, 2, .infinity),
    ] as [(Double, Double, Double)])
  func invalid(quantile: Double, shortfall: Double, loss: Double) {
    #expect(TailForecast(quantile: quantile, expectedShortfall: shortfall, loss: loss) == nil)
  }
}

@Suite("Fissler and Ziegel's score")
struct FisslerZiegelTests {
  @Test("Worked scores, by NumPy 2.4.6")
  func worked() throws {
    for (loss, score) in [(1.0, 0.7162907318741552), (3.0, 40.71629073187415)] {
      let forecast = try #require(TailForecast(quantile: 2, expectedShortfall: 2.5, loss: loss))
      #expect(isClose(FisslerZiegelScore.value(forecast, missRate: 0.01), score, within: 1e-12))
      #expect(FisslerZiegelScore.value(forecast, missRate: 0).isNaN)
    }
  }

  @Test("The truth scores the log of its expected shortfall on average, and others score worse")
  func consistency() throws {
    var generator = SeededGenerator(seed: 4)
    let losses = (0..<200_000).map { _ in generator.normal() }
    func score(quantile: Double, shortfall: Double) -> Double {
      let sum = losses.reduce(0.0) { sum, loss in
        let forecast = TailForecast(quantile: quantile, expectedShortfall: shortfall, loss: loss)
        return sum + (forecast.map { FisslerZiegelScore.value($0, missRate: 0.025) } ?? .nan)
      }
      return sum / Double(losses.count)
    }
    let truth = score(quantile: 1.959963984540054, shortfall: 2.337802792201415)
    #expect(abs(truth - 0.8492116) < 0.01)
    for (quantile, shortfall) in [(1.6, 2.3378), (2.2, 2.3378), (1.96, 2.0), (1.96, 2.9)] {
      #expect(score(quantile: quantile, shortfall: shortfall) > truth)
    }
  }

  @Test("Differences of scores do not depend on the unit")
  func unit() throws {
    func difference(in unit: Double) throws -> Double {
      let left = try #require(TailForecast(quantile: 2 * unit, expectedShortfall: 3 * unit, loss: 4 * unit))
      let right = try #require(TailForecast(quantile: 3 * unit, expectedShortfall: 5 * unit, loss: 4 * unit))
      return FisslerZiegelScore.value(left, missRate: 0.05) - FisslerZiegelScore.value(right, missRate: 0.05)
    }
    #expect(isClose(try difference(in: 1), try difference(in: 1e-4), within: 1e-10))
  }
}
