import Foundation
import Learning
import Sampling
import Testing

@Suite("Conformal bounds")
struct ConformalTests {
  @Test(arguments: [
    (0.95, 19, 19), (0.95, 20, 20), (0.95, 39, 38), (0.95, 100, 96), (0.99, 99, 99), (0.9, 9, 9), (0.9, 10, 10),
    (0.5, 1, 1), (0.5, 2, 2), (0.5, 3, 2), (0.05, 19, 1), (0.001, 5, 1),
  ])
  func theRankIsTheOneOfOneMoreRow(level: Double, count: Int, rank: Int) {
    #expect(SplitConformal.rank(level: level, count: count) == rank)
  }

  @Test func tooFewRowsHaveNoFiniteBound() {
    #expect(SplitConformal.rank(level: 0.95, count: 18) == nil)
    #expect(SplitConformal.rank(level: 0.99, count: 98) == nil)
    #expect(SplitConformal.rank(level: 0.5, count: 0) == nil)
    #expect(SplitConformal.quantile(of: [1, 2, 3], level: 0.95) == .infinity)
    for (level, count) in [(0.95, 19), (0.99, 99), (0.999, 999), (0.9, 9), (0.5, 1), (0.2, 1)] {
      #expect(SplitConformal.leastCount(level: level) == count)
    }
  }

  @Test func theQuantileIsTheValueAtTheRank() {
    let scores = (1...19).map { Double(($0 * 7) % 20) }
    #expect(SplitConformal.quantile(of: scores, level: 0.95) == 19)
    #expect(SplitConformal.quantile(of: scores, level: 0.9) == 18)
    #expect(SplitConformal.quantile(of: scores, level: 0.5) == 10)
    // A row that was never seen to be covered counts as missed.
    #expect(SplitConformal.quantile(of: scores.dropLast() + [.nan], level: 0.95) == .infinity)
  }

  @Test func byHandTheOffsetOfAPredictedQuantile() throws {
    // Nine scores −4 … 4; at 80 % the rank is 8 of 9.
    let outcomes = (0..<9).map { 10 + Double(($0 * 2) % 9) }
    let correction = try ConformalQuantile.fitted(
      predictions: [Double](repeating: 14, count: 9), outcomes: outcomes, level: 0.8)
    #expect(correction == ConformalQuantile(level: 0.8, offset: 3, count: 9))
    #expect(correction.corrected(20) == 23)
  }

  /// The coverage of one calibration set is a beta variable with mean rank/(n + 1); its average over 400 sets of 99 rows
  /// has a standard deviation of 0.0011 at 95 %, and 0.0005 at 99 %.
  @Test(arguments: [(0.95, 0.005), (0.99, 0.0025)])
  func aWrongModelStillCovers(level: Double, tolerance: Double) throws {
    var generator = SeededGenerator(seed: 21)
    var (covered, judged) = (0, 0)
    for _ in 0..<400 {
      var (predictions, outcomes): ([Double], [Double]) = ([], [])
      for _ in 0..<299 {
        let feature = generator.uniform()
        predictions.append(2 * feature - 5)
        outcomes.append((1 + feature) * generator.exponential(mean: 1))
      }
      let correction = try ConformalQuantile.fitted(
        predictions: Array(predictions[..<99]), outcomes: Array(outcomes[..<99]), level: level)
      for row in 99..<299 {
        judged += 1
        covered += outcomes[row] <= correction.corrected(predictions[row]) ? 1 : 0
      }
    }
    #expect(abs(Double(covered) / Double(judged) - level) < tolerance)
  }

  @Test func evidenceAndValuesAreChecked() {
    #expect(throws: ConformalFailure.insufficientEvidence(found: 98, needed: 99)) {
      try ConformalQuantile.fitted(
        predictions: [Double](repeating: 0, count: 98), outcomes: [Double](repeating: 1, count: 98), level: 0.99)
    }
    #expect(throws: ConformalFailure.valueNotFinite(row: 1)) {
      try ConformalQuantile.fitted(predictions: [0, .nan], outcomes: [1, 1], level: 0.5)
    }
    #expect(throws: ConformalFailure.level(1)) {
      try ConformalQuantile.fitted(predictions: [0], outcomes: [1], level: 1)
    }
  }

  @Test func byHandTheAdaptiveLevel() throws {
    var level = try #require(AdaptiveConformal(target: 0.1, step: 0.05))
    level.observe(.missed)
    #expect(abs(level.missRate - 0.055) < 1e-15)
    level.observe(.covered)
    #expect(abs(level.missRate - 0.06) < 1e-15)
    for _ in 0..<2 { level.observe(.missed) }
    #expect(level.missRate < 0 && level.bound(ofSorted: [1, 2, 3]) == .infinity)
    let careless = try #require(AdaptiveConformal(target: 0.1, step: 0.5, missRate: 1.2))
    #expect(careless.bound(ofSorted: [1, 2, 3]) == -.infinity)
    let middle = try #require(AdaptiveConformal(target: 0.5, step: 0.5))
    #expect(middle.bound(ofSorted: [1, 2, 3]) == 2)
  }

  @Test func whateverHappensTheMissesReturnToTheTarget() throws {
    // The values jump and drift away from the calibration scores; the bound of Gibbs and Candès holds all the same.
    let scores = (0..<200).map(Double.init)
    for (shift, step) in [(0.0, 0.02), (150, 0.02), (-180, 0.05), (1_000, 0.01)] {
      var generator = SeededGenerator(seed: 22)
      var level = try #require(AdaptiveConformal(target: 0.1, step: step))
      var misses = 0
      for row in 1...2_000 {
        let value = 200 * generator.uniform() + shift * Double(row) / 2_000
        let outcome: AdaptiveConformal.Outcome = value <= level.bound(ofSorted: scores) ? .covered : .missed
        misses += outcome == .missed ? 1 : 0
        level.observe(outcome)
      }
      #expect(abs(Double(misses) / 2_000 - 0.1) <= (0.9 + step) / (step * 2_000) + 1e-12)
    }
  }

  @Test func bothComeBackFromTextUnchanged() throws {
    let correction = try #require(ConformalQuantile(level: 0.95, offset: -0.25, count: 400))
    #expect(try JSONDecoder().decode(ConformalQuantile.self, from: JSONEncoder().encode(correction)) == correction)
    let level = try #require(AdaptiveConformal(target: 0.05, step: 0.01, missRate: -0.2))
    #expect(try JSONDecoder().decode(AdaptiveConformal.self, from: JSONEncoder().encode(level)) == level)
  }

  @Test(arguments: [
    #"{"level":0.95,"offset":0,"count":18}"#, #"{"level":1,"offset":0,"count":500}"#,
    #"{"level":0.95,"offset":0,"count":500,"colour":1}"#,
  ])
  func aBrokenCorrectionIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(ConformalQuantile.self, from: Data(text.utf8)) }
  }

  @Test(arguments: [
    #"{"target":0,"step":0.1,"missRate":0}"#, #"{"target":0.1,"step":0,"missRate":0}"#, #"{"target":0.1,"step":0.1}"#,
  ])
  func aBrokenLevelIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(AdaptiveConformal.self, from: Data(text.utf8)) }
  }
}
