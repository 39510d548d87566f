import Sampling
import Testing
import Validation

@Suite("Areas under the precision-recall and receiver operating characteristic curves")
struct RankAreasTests {
  @Test("A hand-worked ranking gives the hand-worked areas")
  func handWorked() {
    // Falling order: + − + −. Precision at the positives is 1 and 2/3; three of four pairs are in order.
    let areas = RankAreas(scores: [0.9, 0.8, 0.4, 0.1], outcomes: [true, false, true, false])
    #expect(isClose(areas.averagePrecision, (1 + 2.0 / 3) / 2))
    #expect(areas.rocArea == 0.75)
  }

  @Test("Rows of one score enter together, whatever their order")
  func ties() {
    let one = RankAreas(scores: [0.5, 0.5, 0.5, 0.1], outcomes: [true, false, false, true])
    let other = RankAreas(scores: [0.1, 0.5, 0.5, 0.5], outcomes: [true, false, false, true])
    #expect(one == other)
    // The tied three: recall ½ at precision 1/3; then the last positive at precision 2/4.
    #expect(isClose(one.averagePrecision, 0.5 / 3 + 0.5 / 2))
    // The first positive ties with both negatives, the second is below both.
    #expect(one.rocArea == 0.25)
  }

  @Test("A constant score has the prevalence as average precision and one half as ROC area")
  func constantScore() {
    let areas = RankAreas(scores: [3, 3, 3, 3], outcomes: [true, false, false, false])
    #expect(areas.averagePrecision == 0.25)
    #expect(areas.rocArea == 0.5)
  }

  @Test("Negative zero and zero are one score")
  func signedZero() {
    #expect(RankAreas(scores: [0.0, -0.0], outcomes: [true, false]).rocArea == 0.5)
  }

  @Test("The areas agree with scikit-learn 1.8.0, plain and weighted")
  func reference() {
    let plain = RankAreas(scores: ReferenceSample.probabilities, outcomes: ReferenceSample.outcomes)
    #expect(isClose(plain.averagePrecision, 0.8108393719806763))
    #expect(isClose(plain.rocArea, 0.8551136363636364))
    let weighted = RankAreas(
      scores: ReferenceSample.probabilities, outcomes: ReferenceSample.outcomes, weights: ReferenceSample.weights)
    #expect(isClose(weighted.averagePrecision, 0.8180995475113122))
    #expect(isClose(weighted.rocArea, 0.8904761904761904))
  }

  @Test("The areas equal their quadratic definitions on random rows with ties and weights", arguments: 0..<40)
  func quadraticTwin(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = 1 + generator.index(below: 60)
    let scores = (0..<count).map { _ in Double(generator.index(below: 12)) }
    let outcomes = (0..<count).map { _ in generator.happens(withProbability: 0.3) }
    let weights = (0..<count).map { _ in Double(generator.index(below: 3)) }
    let areas = RankAreas(scores: scores, outcomes: outcomes, weights: weights)
    let twin = quadraticAreas(scores: scores, outcomes: outcomes, weights: weights)
    #expect(areas.averagePrecision == nil ? twin.precision == nil : isClose(areas.averagePrecision, twin.precision))
    #expect(areas.rocArea == nil ? twin.roc == nil : isClose(areas.rocArea, twin.roc))
  }

  @Test("Without both outcomes, or with undefined scores or weights, an area is undefined")
  func undefined() {
    #expect(RankAreas(scores: [], outcomes: []).averagePrecision == nil)
    #expect(RankAreas(scores: [1, 2], outcomes: [false, false]).averagePrecision == nil)
    let positivesOnly = RankAreas(scores: [1, 2], outcomes: [true, true])
    #expect(positivesOnly.averagePrecision == 1)
    #expect(positivesOnly.rocArea == nil)
    #expect(RankAreas(scores: [.nan, 1], outcomes: [true, false]).rocArea == nil)
    #expect(RankAreas(scores: [0, 1], outcomes: [true, false], weights: [-1, 1]).rocArea == nil)
    #expect(RankAreas(scores: [0, 1], outcomes: [true, false], weights: [0, 1]).averagePrecision == nil)
  }

  @Test("Shuffled outcomes give a ROC area of one half within four standard errors, and the prevalence")
  func shuffled() throws {
    let forecasts = SimulatedForecasts(seed: 5, days: 40, rowsPerDay: 100)
    var generator = SeededGenerator(seed: 6)
    let outcomes = forecasts.outcomes.shuffled(using: &generator)
    let areas = RankAreas(scores: forecasts.probabilities, outcomes: outcomes)
    let positives = Double(outcomes.count(where: \.self))
    let negatives = Double(outcomes.count) - positives
    // The variance of the Mann-Whitney statistic under independence.
    let error = ((positives + negatives + 1) / (12 * positives * negatives)).squareRoot()
    #expect(abs(try #require(areas.rocArea) - 0.5) < 4 * error)
    let prevalence = positives / (positives + negatives)
    #expect(isClose(areas.averagePrecision, prevalence, within: 0.03))
  }
}

/// Both areas by their definitions over all pairs of rows.
private func quadraticAreas(
  scores: [Double], outcomes: [Bool], weights: [Double]
) -> (precision: Double?, roc: Double?) {
  var precision = 0.0
  var concordant = 0.0
  var positives = 0.0
  var negatives = 0.0
  for i in scores.indices {
    if !outcomes[i] {
      negatives += weights[i]
      continue
    }
    positives += weights[i]
    var above = 0.0
    var positivesAbove = 0.0
    for j in scores.indices {
      if scores[j] >= scores[i] {
        above += weights[j]
        positivesAbove += outcomes[j] ? weights[j] : 0
      }
      if outcomes[j] { continue }
      if scores[i] > scores[j] { concordant += weights[i] * weights[j] }
      if scores[i] == scores[j] { concordant += weights[i] * weights[j] / 2 }
    }
    if weights[i] > 0 { precision += weights[i] * positivesAbove / above }
  }
  return (
    positives > 0 ? precision / positives : nil,
    positives > 0 && negatives > 0 ? concordant / (positives * negatives) : nil
  )
}
