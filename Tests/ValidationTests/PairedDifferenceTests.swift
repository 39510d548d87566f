import Sampling
import Testing
import Validation

@Suite("Paired differences between scorers")
struct PairedDifferenceTests {
  private let bootstrap = DayBlockBootstrap(resamples: 200, seed: 1)
  private let forecasts = SimulatedForecasts(seed: 8, days: 40, rowsPerDay: 50)

  private func rows(_ probabilities: [Double]) throws -> ScoredRows {
    try ScoredRows(
      predictions: .probabilities(probabilities), outcomes: forecasts.outcomes, days: forecasts.days)
  }

  @Test("A scorer differs from itself by exactly nothing")
  func itself() throws {
    let same = try rows(forecasts.probabilities)
    let difference = try PairedDifference(model: same, baseline: same, referenceRate: 0.1, bootstrap: bootstrap)
    let nothing = Estimate(value: 0, low: 0, high: 0)
    #expect(difference.averagePrecision == nothing)
    #expect(difference.logLoss == nothing)
    #expect(difference.logLossSkill == nothing)
  }

  @Test("Log-loss skill is one minus the ratio of the two mean log losses")
  func skill() throws {
    let model = try rows(forecasts.probabilities)
    let baseline = try rows(forecasts.probabilities.map { _ in 0.15 })
    let difference = try PairedDifference(
      model: model, baseline: baseline, referenceRate: 0.1, bootstrap: bootstrap)
    let own = try ScoreCard(of: model, referenceRate: 0.1, bootstrap: bootstrap).logLoss.value
    let other = try ScoreCard(of: baseline, referenceRate: 0.1, bootstrap: bootstrap).logLoss.value
    #expect(isClose(difference.logLossSkill.value, 1 - (try #require(own)) / (try #require(other))))
    #expect(try #require(difference.logLossSkill.low) > 0)
    #expect(try #require(difference.logLoss.high) < 0)
  }

  @Test("A slightly better scorer is told apart where the separate intervals overlap")
  func pairing() throws {
    var generator = SeededGenerator(seed: 12)
    let noisy = forecasts.probabilities.map {
      sigmoid(ProbabilityLoss.logOdds($0) + 0.8 * generator.normal())
    }
    let model = try rows(forecasts.probabilities)
    let baseline = try rows(noisy)
    let own = try ScoreCard(of: model, referenceRate: 0.1, bootstrap: bootstrap).logLoss
    let other = try ScoreCard(of: baseline, referenceRate: 0.1, bootstrap: bootstrap).logLoss
    #expect(try #require(own.high) > (try #require(other.low)))
    let difference = try PairedDifference(
      model: model, baseline: baseline, referenceRate: 0.1, bootstrap: bootstrap)
    #expect(try #require(difference.logLoss.high) < 0)
  }

  @Test("Scorers of different rows are refused")
  func mismatch() throws {
    let short = try ScoredRows(predictions: .probabilities([0.1]), outcomes: [true], days: [0])
    let model = try rows(forecasts.probabilities)
    #expect(throws: EvaluationFault.self) {
      try PairedDifference(model: model, baseline: short, referenceRate: 0.1, bootstrap: bootstrap)
    }
  }
}
