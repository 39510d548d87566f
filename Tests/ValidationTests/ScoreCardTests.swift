import Testing
import Validation

@Suite("The score card")
struct ScoreCardTests {
  private let bootstrap = DayBlockBootstrap(resamples: 20, seed: 3)

  private func card(
    _ probabilities: [Double], _ outcomes: [Bool], referenceRate: Double, binCount: Int = 10
  ) throws -> ScoreCard {
    let rows = try ScoredRows(
      predictions: .probabilities(probabilities), outcomes: outcomes, days: outcomes.indices.map { $0 / 4 })
    return try ScoreCard(of: rows, referenceRate: referenceRate, bootstrap: bootstrap, binCount: binCount)
  }

  @Test("Log loss and Brier score agree with scikit-learn 1.8.0")
  func reference() throws {
    let card = try card(ReferenceSample.probabilities, ReferenceSample.outcomes, referenceRate: 0.2)
    #expect(isClose(card.logLoss.value, 0.3757346836633454))
    #expect(isClose(card.brier?.score, 0.11271))
    #expect(isClose(card.calibrationSlope.value, 1.5869055884212009, within: 1e-8))
  }

  @Test("Brier skill, log loss and observed over expected have their hand-worked values")
  func handWorked() throws {
    let card = try card([0.5, 0.5, 0.25, 0.25], [true, false, true, false], referenceRate: 0.5)
    // Squared errors: ¼ + ¼ + 9/16 + 1/16 = 9/8; the constant ½ has 1.
    #expect(isClose(card.brierSkill.value, 1 - 9.0 / 8))
    #expect(isClose(card.logLoss.value, -(2 * naturalLog(0.5) + naturalLog(0.25) + naturalLog(0.75)) / 4))
    #expect(isClose(card.observedToExpected.value, 2 / 1.5))
  }

  @Test("The reference rate forecast itself has Brier skill zero")
  func climatology() throws {
    let card = try card([0.3, 0.3, 0.3], [true, false, false], referenceRate: 0.3)
    #expect(card.brierSkill.value == 0)
  }

  @Test("Certain and wrong forecasts cost the clamped log loss, never infinity")
  func certainAndWrong() throws {
    let card = try card([0, 1], [true, false], referenceRate: 0.5)
    #expect(isClose(card.logLoss.value, -naturalLog(1e-15), within: 0.02))
  }

  @Test("Murphy's terms have their hand-worked values and add up to the score")
  func decomposition() throws {
    // Bins 0.2 (one event of four) and 0.8 (two events of two); the rate is ½.
    let card = try card(
      [0.2, 0.2, 0.2, 0.2, 0.8, 0.8], [true, false, false, false, true, true], referenceRate: 0.5, binCount: 2)
    let brier = try #require(card.brier)
    #expect(isClose(brier.reliability, (4 * 0.0025 + 2 * 0.04) / 6))
    #expect(isClose(brier.resolution, (4 * 0.0625 + 2 * 0.25) / 6))
    #expect(isClose(brier.uncertainty, 0.25))
    #expect(isClose(brier.withinBins, 0))
    #expect(isClose(brier.score, brier.reliability - brier.resolution + brier.uncertainty + brier.withinBins))
  }

  @Test("Bins hold every row once, in equal counts, and never split a probability")
  func bins() throws {
    let probabilities = (0..<1_000).map { Double($0 / 7) / 200 }
    let card = try card(probabilities, probabilities.indices.map { $0 % 9 == 0 }, referenceRate: 0.1)
    let table = try #require(card.reliability)
    #expect(table.bins.count == 10)
    #expect(table.bins.map(\.rows).reduce(0, +) == 1_000)
    #expect(table.bins.allSatisfy { abs($0.rows - 100) < 7 })
    for (lower, upper) in zip(table.bins, table.bins.dropFirst()) {
      #expect(lower.highestProbability < upper.lowestProbability)
    }
    let top = try #require(table.topPercent)
    #expect(top.rows == 13)  // Ten rows, and the other three of the lowest one's probability.
    #expect(top.highestProbability == probabilities.last)
  }

  @Test("A constant forecast has one bin that is also the top percent")
  func oneBin() throws {
    let card = try card([0.2, 0.2, 0.2, 0.2], [true, false, false, false], referenceRate: 0.5)
    #expect(card.reliability?.bins.count == 1)
    #expect(card.reliability?.topPercent == card.reliability?.bins.first)
    #expect(card.reliability?.bins.first?.observedRate.value == 0.25)
    #expect(card.calibrationSlope == .undefined)
  }

  @Test("Scores that only rank leave everything but the areas undefined")
  func ranksOnly() throws {
    let rows = try ScoredRows(predictions: .ranks([3, -2, 7]), outcomes: [false, false, true], days: [1, 1, 2])
    let card = try ScoreCard(of: rows, referenceRate: 0.1, bootstrap: bootstrap)
    #expect(card.rocArea.value == 1)
    #expect(card.averagePrecision.value == 1)
    for metric in Metric.allCases where metric != .rocArea && metric != .averagePrecision {
      #expect(card[metric] == .undefined)
    }
    #expect(card.brier == nil && card.reliability == nil)
  }

  @Test("No rows, or no positive row, leave the figures undefined")
  func empty() throws {
    let nothing = try card([], [], referenceRate: 0.1)
    for metric in Metric.allCases { #expect(nothing[metric] == .undefined) }
    let quiet = try card([0.1, 0.2], [false, false], referenceRate: 0.1)
    #expect(quiet.rocArea == .undefined && quiet.averagePrecision == .undefined)
    #expect(quiet.calibrationSlope == .undefined)
    #expect(quiet.observedToExpected.value == 0)
  }

  @Test("Unusable predictions and reference rates are named")
  func faults() {
    #expect(throws: EvaluationFault.countMismatch(scorer: "the scorer", rows: 1, predictions: 2)) {
      try ScoredRows(predictions: .probabilities([0.1, 0.2]), outcomes: [true], days: [1])
    }
    #expect(throws: EvaluationFault.invalidPrediction(scorer: "the scorer", row: 1, value: 1.5)) {
      try ScoredRows(predictions: .probabilities([0.1, 1.5]), outcomes: [true, false], days: [1, 1])
    }
    #expect(throws: EvaluationFault.self) {
      try ScoredRows(predictions: .ranks([.nan]), outcomes: [true], days: [1])
    }
    #expect(throws: EvaluationFault.invalidReferenceRate(-1)) { try card([0.1], [true], referenceRate: -1) }
  }
}
