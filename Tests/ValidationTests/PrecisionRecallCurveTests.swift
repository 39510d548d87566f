import Testing
import Validation

@Suite("The precision-recall curve")
struct PrecisionRecallCurveTests {
  private typealias Point = PrecisionRecallCurve.Point

  private func area(_ curve: PrecisionRecallCurve) -> Double {
    var (area, recall) = (0.0, 0.0)
    for point in curve.points {
      area += (point.recall - recall) * point.precision
      recall = point.recall
    }
    return area
  }

  @Test("by hand: rows of one score enter together, and scores that add no positive row add no point")
  func byHand() {
    let curve = PrecisionRecallCurve(
      scores: [0.9, 0.8, 0.8, 0.7, 0.6, 0.5], outcomes: [true, false, true, false, true, false])
    #expect(curve.points.map(\.threshold) == [0.9, 0.8, 0.6])
    #expect(curve.points.map(\.recall) == [1.0 / 3, 2.0 / 3, 1])
    #expect(curve.points.map(\.precision) == [1, 2.0 / 3, 3.0 / 5])
  }

  @Test("with as many steps as positive rows, its step-wise area is the average precision, ties or not")
  func averagePrecision() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let sample = SimulatedForecasts(seed: seed, days: 5, rowsPerDay: 60)
      let expected = try #require(
        RankAreas(scores: sample.probabilities, outcomes: sample.outcomes).averagePrecision)
      let curve = PrecisionRecallCurve(
        scores: sample.probabilities, outcomes: sample.outcomes, steps: sample.outcomes.count)
      #expect(isClose(area(curve), expected))
    }
  }

  @Test("a long curve is cut to its steps, keeps both ends, and every point is one of the whole curve")
  func cut() throws {
    let sample = SimulatedForecasts(seed: 3, days: 40, rowsPerDay: 100)
    let whole = PrecisionRecallCurve(
      scores: sample.probabilities, outcomes: sample.outcomes, steps: sample.outcomes.count)
    let cut = PrecisionRecallCurve(scores: sample.probabilities, outcomes: sample.outcomes, steps: 10)
    #expect(cut.points.count <= 12)
    #expect(cut.points.first == whole.points.first)
    #expect(cut.points.last?.recall == 1)
    #expect(Set(cut.points).isSubset(of: Set(whole.points)))
    #expect(zip(cut.points, cut.points.dropFirst()).allSatisfy { $0.recall < $1.recall })
    #expect(abs(area(cut) - area(whole)) < 0.1)
  }

  @Test("the order of the rows does not matter")
  func order() {
    let sample = SimulatedForecasts(seed: 4, days: 4, rowsPerDay: 50)
    let curve = PrecisionRecallCurve(scores: sample.probabilities, outcomes: sample.outcomes)
    let reversed = PrecisionRecallCurve(
      scores: sample.probabilities.reversed(), outcomes: sample.outcomes.reversed())
    #expect(curve == reversed)
  }

  @Test("without a positive row there is nothing to recall")
  func noPositives() {
    #expect(PrecisionRecallCurve(scores: [0.1, 0.2], outcomes: [false, false]).points.isEmpty)
    #expect(PrecisionRecallCurve(scores: [], outcomes: []).points.isEmpty)
    #expect(PrecisionRecallCurve(scores: [0.3], outcomes: [true], steps: 0).points.count == 1)
  }
}
