import Learning
import Testing

@Suite("Joined examples")
struct JoinedExamplesTests {
  private func examples(_ values: [Double], weights: [Double]? = nil) -> TrainingExamples {
    let rows = values.count / 2
    return TrainingExamples(
      matrix: FeatureMatrix(rowCount: rows, columnCount: 2, values: values),
      groups: (0..<rows).map { $0 }, outcomes: (0..<rows).map { $0.isMultiple(of: 2) },
      clusters: [Int](repeating: rows, count: rows), weights: weights)
  }

  @Test func rowsFollowOneAnotherInEveryColumn() {
    let joined = TrainingExamples(joining: [examples([1, 2, 10, 20]), examples([3, 4, 5, 30, 40, 50])])
    #expect(joined.matrix.values == [1, 2, 3, 4, 5, 10, 20, 30, 40, 50])
    #expect(joined.groups == [0, 1, 0, 1, 2])
    #expect(joined.outcomes == [true, false, true, false, true])
    #expect(joined.clusters == [2, 2, 3, 3, 3])
    #expect(joined.weights == nil)
  }

  @Test func anUnweightedPartWeighsOneBesideAWeightedOne() {
    let joined = TrainingExamples(joining: [examples([1, 2, 10, 20], weights: [0.5, 2]), examples([3, 30])])
    #expect(joined.weights == [0.5, 2, 1])
  }
}
