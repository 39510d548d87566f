import Foundation
import Learning
import Sampling
import Testing

@Suite("Venn-Abers intervals")
struct VennAbersTests {
  /// Isotonic regression by pooling neighbours, refitted with the row in question: the definition, word for word.
  private func refitted(
    _ scores: [Double], _ outcomes: [Bool], score: Double, outcome: Bool
  ) -> Double {
    let rows = zip(scores + [score], outcomes + [outcome]).sorted { $0.0 < $1.0 }
    var pools: [(low: Double, high: Double, rows: Double, events: Double)] = []
    for (score, outcome) in rows {
      if let last = pools.last, last.high == score {
        pools[pools.count - 1].rows += 1
        pools[pools.count - 1].events += outcome ? 1 : 0
      } else {
        pools.append((score, score, 1, outcome ? 1 : 0))
      }
    }
    var place = 1
    while place < pools.count {
      let (left, right) = (pools[place - 1], pools[place])
      if left.events / left.rows > right.events / right.rows {
        pools[place - 1] = (left.low, right.high, left.rows + right.rows, left.events + right.events)
        pools.remove(at: place)
        place = max(1, place - 1)
      } else {
        place += 1
      }
    }
    let pool = pools.first { $0.low <= score && score <= $0.high }
    return pool.map { $0.events / $0.rows } ?? .nan
  }

  private func sample(rows: Int, seed: UInt64, decimals: Double) -> (scores: [Double], outcomes: [Bool]) {
    var generator = SeededGenerator(seed: seed)
    var (scores, outcomes): ([Double], [Bool]) = ([], [])
    for _ in 0..<rows {
      let score = (generator.normal() * decimals).rounded() / decimals
      scores.append(score)
      outcomes.append(generator.happens(withProbability: sigmoid(1.5 * score - 0.5)))
    }
    return (scores, outcomes)
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 40, 150], [2.0, 1_000_000])
  func bothProbabilitiesAreThoseOfTwoRefits(rows: Int, decimals: Double) {
    for seed in 0..<6 {
      let (scores, outcomes) = sample(rows: rows, seed: UInt64(seed), decimals: decimals)
      let predictor = VennAbers(unchecked: scores, outcomes: outcomes)
      let between = zip(scores.sorted(), scores.sorted().dropFirst()).map { ($0 + $1) / 2 }
      for score in scores + between + [-100, 100] {
        let interval = predictor.interval(logOdds: score)
        #expect(abs(interval.low - refitted(scores, outcomes, score: score, outcome: false)) < 1e-12)
        #expect(abs(interval.high - refitted(scores, outcomes, score: score, outcome: true)) < 1e-12)
      }
    }
  }

  @Test func onlyEventsOrNoneAtAll() {
    let events = VennAbers(unchecked: [1, 2, 2], outcomes: [true, true, true])
    #expect(events.interval(logOdds: 2) == ProbabilityInterval(low: 0.75, high: 1))
    #expect(events.interval(logOdds: 0) == ProbabilityInterval(low: 0, high: 1))
    let none = VennAbers(unchecked: [1, 2, 2], outcomes: [false, false, false])
    #expect(none.interval(logOdds: 1) == ProbabilityInterval(low: 0, high: 0.25))
    #expect(none.interval(logOdds: 3) == ProbabilityInterval(low: 0, high: 1))
  }

  private let scores = (0..<24).map { Double(($0 * 7) % 12) / 2 - 3 }
  private let outcomes = (0..<24).map { [3, 5, 7, 8, 11, 13, 14, 17, 19, 20, 23].contains($0) }

  /// The Python package venn-abers 1.5.4, `VennAbers().fit(p_cal, y_cal)`, `predict_proba`: p₀, p₁ and merged.
  @Test(arguments: [
    (-4.0, 0.0, 0.3333333333333333, 0.25),
    (-3.0, 0.0, 0.3333333333333333, 0.25),
    (-2.25, 0.3333333333333333, 0.4444444444444444, 0.39999999999999997),
    (-1.0, 0.3333333333333333, 0.4444444444444444, 0.39999999999999997),
    (-0.5, 0.4, 0.5384615384615384, 0.47297297297297297),
    (0.0, 0.4, 0.5384615384615384, 0.47297297297297297),
    (0.2, 0.4, 0.5555555555555556, 0.48076923076923084),
    (1.0, 0.46153846153846156, 0.5714285714285714, 0.5148514851485148),
    (1.75, 0.46153846153846156, 0.5714285714285714, 0.5148514851485148),
    (2.5, 0.6666666666666666, 1.0, 0.7499999999999999),
    (3.0, 0.6666666666666666, 1.0, 0.7499999999999999),
  ])
  func theIntervalIsTheReferences(score: Double, low: Double, high: Double, merged: Double) {
    let interval = VennAbers(unchecked: scores, outcomes: outcomes).interval(logOdds: score)
    #expect(abs(interval.low - low) < 1e-12)
    #expect(abs(interval.high - high) < 1e-12)
    #expect(abs(interval.merged - merged) < 1e-12)
  }

  @Test func bothRiseWithTheScoreAndNeverMeet() throws {
    let (scores, outcomes) = sample(rows: 3_000, seed: 5, decimals: 100)
    let predictor = try VennAbers.fitted(logOdds: scores, outcomes: outcomes)
    let grid = stride(from: -5.0, through: 5, by: 0.003).map { predictor.interval(logOdds: $0) }
    for (interval, next) in zip(grid, grid.dropFirst()) {
      #expect(interval.low < interval.high)
      #expect(interval.low < interval.merged && interval.merged < interval.high)
      #expect(interval.low <= next.low && interval.high <= next.high)
    }
  }

  @Test func theOrderOfTheRowsDoesNotMatter() throws {
    let (scores, outcomes) = sample(rows: 1_500, seed: 6, decimals: 20)
    var generator = SeededGenerator(seed: 7)
    let order = scores.indices.shuffled(using: &generator)
    #expect(
      try VennAbers.fitted(logOdds: scores, outcomes: outcomes)
        == VennAbers.fitted(logOdds: order.map { scores[$0] }, outcomes: order.map { outcomes[$0] }))
  }

  @Test func oneOfTheTwoIsCalibratedForAWarpedScore() throws {
    // The score is the true log-odds bent beyond recognition; the merged probability still follows the truth.
    var generator = SeededGenerator(seed: 8)
    let truths = (0..<20_000).map { _ in generator.normal() - 2 }
    let outcomes = truths.map { generator.happens(withProbability: sigmoid($0)) }
    let predictor = try VennAbers.fitted(logOdds: truths.map { $0 * $0 * $0 }, outcomes: outcomes)
    for truth in [-3.0, -2, -1] {
      let interval = predictor.interval(logOdds: truth * truth * truth)
      #expect(abs(interval.merged - sigmoid(truth)) < 0.03, "\(truth)")
      #expect(interval.high - interval.low < 0.02)
    }
  }

  @Test func tooLittleEvidenceOrAnUndefinedScoreIsRefused() {
    #expect(
      throws: CalibrationFailure.insufficientEvidence(
        found: CalibrationEvidence(rows: 24, positives: 11, negatives: 13), needed: VennAbers.neededEvidence)
    ) { try VennAbers.fitted(logOdds: scores, outcomes: outcomes) }
    let many = sample(rows: 2_000, seed: 9, decimals: 100)
    #expect(throws: CalibrationFailure.scoreNotFinite(row: 1_999)) {
      try VennAbers.fitted(logOdds: many.scores.dropLast() + [.infinity], outcomes: many.outcomes)
    }
    let interval = VennAbers(unchecked: scores, outcomes: outcomes).interval(logOdds: .nan)
    #expect(interval.low.isNaN && interval.high.isNaN)
  }

  @Test func itComesBackFromTextUnchanged() throws {
    let predictor = VennAbers(unchecked: scores, outcomes: outcomes)
    let text = try JSONEncoder().encode(predictor)
    #expect(try JSONDecoder().decode(VennAbers.self, from: text) == predictor)
  }

  @Test(arguments: [
    #"{"lowerScores":[1,0],"lowerProbabilities":[0.1,0.2],"upperScores":[],"upperProbabilities":[]}"#,
    #"{"lowerScores":[0,1],"lowerProbabilities":[0.2,0.1],"upperScores":[],"upperProbabilities":[]}"#,
    #"{"lowerScores":[0],"lowerProbabilities":[0],"upperScores":[],"upperProbabilities":[]}"#,
    #"{"lowerScores":[0],"lowerProbabilities":[0.3],"upperScores":[0],"upperProbabilities":[0.2]}"#,
    #"{"lowerScores":[0],"lowerProbabilities":[0.3],"upperScores":[0]}"#,
    #"{"lowerScores":[],"lowerProbabilities":[],"upperScores":[],"upperProbabilities":[],"colour":1}"#,
  ])
  func brokenTextIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(VennAbers.self, from: Data(text.utf8)) }
  }
}
