import Sampling
import Testing
import Validation

@Suite("The day-block bootstrap")
struct DayBlockBootstrapTests {
  @Test("Its intervals equal those of a twin that writes out the rows of every resample")
  func naiveTwin() throws {
    let forecasts = SimulatedForecasts(seed: 11, days: 12, rowsPerDay: 40)
    let bootstrap = DayBlockBootstrap(resamples: 60, seed: 9, level: 0.9)
    let rows = try scoredRows(forecasts)
    let card = try ScoreCard(of: rows, referenceRate: 0.1, bootstrap: bootstrap)
    var twin = [Metric: [Double]]()
    for resample in 0..<bootstrap.resamples {
      let counts = bootstrap.multiplicities(ofResample: resample, dayCount: 12)
      #expect(counts.reduce(0, +) == 12)
      for (metric, value) in naiveMetrics(forecasts, counts: counts, referenceRate: 0.1) {
        twin[metric, default: []].append(value)
      }
    }
    for metric in Metric.allCases {
      let sorted = (twin[metric] ?? []).sorted()
      // Five hundredths of 59 steps is 2.95 and 56.05.
      #expect(isClose(card[metric].low, sorted[2] + 0.95 * (sorted[3] - sorted[2]), within: 1e-8), "\(metric)")
      #expect(isClose(card[metric].high, sorted[56] + 0.05 * (sorted[57] - sorted[56]), within: 1e-8), "\(metric)")
    }
  }

  @Test("The order of the rows changes no interval of the areas and no bit on repetition")
  func determinism() throws {
    let forecasts = SimulatedForecasts(seed: 2, days: 20, rowsPerDay: 30)
    let bootstrap = DayBlockBootstrap(resamples: 100, seed: 4)
    let rows = try scoredRows(forecasts)
    let first = try ScoreCard(of: rows, referenceRate: 0.1, bootstrap: bootstrap)
    for _ in 0..<5 {
      #expect(try ScoreCard(of: rows, referenceRate: 0.1, bootstrap: bootstrap) == first)
    }
    let other = DayBlockBootstrap(resamples: 100, seed: 5)
    #expect(try ScoreCard(of: rows, referenceRate: 0.1, bootstrap: other) != first)
    let reversed = try ScoredRows(
      predictions: .probabilities(forecasts.probabilities.reversed()), outcomes: forecasts.outcomes.reversed(),
      days: forecasts.days.reversed())
    let backwards = try ScoreCard(of: reversed, referenceRate: 0.1, bootstrap: bootstrap)
    #expect(backwards.rocArea == first.rocArea)
    #expect(backwards.averagePrecision == first.averagePrecision)
  }

  @Test("Nominal 90 % intervals cover the truth in about 90 % of simulated periods with good and bad days")
  func coverage() throws {
    // With days as blocks; drawing single rows covers far less often, which the second figure shows.
    var generator = SeededGenerator(seed: 21)
    var covered = 0
    var coveredByRows = 0
    let trials = 200
    for trial in 0..<trials {
      let days = (0..<300).map { $0 / 10 }
      let rates = (0..<30).map { _ in generator.happens(withProbability: 0.5) ? 0.05 : 0.55 }
      let outcomes = days.map { generator.happens(withProbability: rates[$0]) }
      let constant = Predictions.probabilities(days.map { _ in 0.3 })
      let bootstrap = DayBlockBootstrap(resamples: 100, seed: UInt64(trial), level: 0.9)
      func ratio(_ blocks: [Int]) throws -> Estimate {
        let rows = try ScoredRows(predictions: constant, outcomes: outcomes, days: blocks)
        return try ScoreCard(of: rows, referenceRate: 0.3, bootstrap: bootstrap).observedToExpected
      }
      covered += contains(try ratio(days), 1) ? 1 : 0
      coveredByRows += contains(try ratio(Array(days.indices)), 1) ? 1 : 0
    }
    // The standard error of a coverage of 0.9 in 200 trials is 0.021.
    #expect((0.83...0.96).contains(Double(covered) / Double(trials)))
    #expect(Double(coveredByRows) / Double(trials) < 0.75)
  }

  @Test("An interval is undefined when more than a tenth of the resamples leave the figure undefined")
  func undefinedResamples() throws {
    // One of four days has the only positive: a resample misses it with probability (3/4)⁴ = 0.32.
    let rows = try ScoredRows(
      predictions: .probabilities([0.1, 0.2, 0.3, 0.4]), outcomes: [false, false, false, true], days: [1, 2, 3, 4])
    let card = try ScoreCard(of: rows, referenceRate: 0.1, bootstrap: DayBlockBootstrap())
    #expect(card.rocArea == Estimate(value: 1, low: nil, high: nil))
    #expect(card.logLoss.low != nil)
  }

  @Test("Values outside their range fall back to the documented ones")
  func construction() {
    #expect(DayBlockBootstrap(resamples: 0, seed: 1, level: 2) == DayBlockBootstrap(resamples: 1, seed: 1))
  }
}

private func scoredRows(_ forecasts: SimulatedForecasts) throws -> ScoredRows {
  try ScoredRows(
    predictions: .probabilities(forecasts.probabilities), outcomes: forecasts.outcomes, days: forecasts.days)
}

private func contains(_ estimate: Estimate, _ truth: Double) -> Bool {
  guard let low = estimate.low, let high = estimate.high else { return false }
  return low <= truth && truth <= high
}

/// Every metric on the rows written out as often as their day was drawn.
private func naiveMetrics(
  _ forecasts: SimulatedForecasts, counts: [Double], referenceRate: Double
) -> [Metric: Double] {
  var probabilities: [Double] = []
  var outcomes: [Bool] = []
  for (row, day) in forecasts.days.enumerated() {
    for _ in 0..<Int(counts[day]) {
      probabilities.append(forecasts.probabilities[row])
      outcomes.append(forecasts.outcomes[row])
    }
  }
  let areas = RankAreas(scores: probabilities, outcomes: outcomes)
  let line = CalibrationLine(probabilities: probabilities, outcomes: outcomes)
  let pairs = Array(zip(probabilities, outcomes))
  func total(_ loss: (Double, Bool) -> Double) -> Double { pairs.reduce(0) { $0 + loss($1.0, $1.1) } }
  let reference = total { ProbabilityLoss.quadratic(referenceRate, $1) }
  return [
    .averagePrecision: areas.averagePrecision ?? .nan, .rocArea: areas.rocArea ?? .nan,
    .brierSkill: 1 - total(ProbabilityLoss.quadratic) / reference,
    .logLoss: total(ProbabilityLoss.logarithmic) / Double(pairs.count),
    .calibrationIntercept: line?.intercept ?? .nan, .calibrationSlope: line?.slope ?? .nan,
    .observedToExpected: total { $1 ? 1 : 0 } / total { probability, _ in probability },
  ]
}
