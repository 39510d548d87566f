import Learning
import Testing

@Suite("Training examples")
struct TrainingExamplesTests {
  private let examples = TrainingExamples(
    matrix: FeatureMatrix(rowCount: 3, columnCount: 2, values: [1, 2, 3, 10, 20, 30]), groups: [0, 1, 0],
    outcomes: [true, false, true], clusters: [7, 8, 9], weights: [1, 2, 3])

  @Test func rowsAreSelectedInTheGivenOrder() {
    let selected = examples.selecting(rows: [2, 0])
    #expect(selected.matrix.values == [3, 1, 30, 10])
    #expect(selected.groups == [0, 0] && selected.clusters == [9, 7] && selected.weights == [3, 1])
    #expect(selected.count == 2 && selected.positiveCount == 2)
  }

  @Test func columnsKeepTheirNames() {
    let selected = examples.selecting(columns: [1])
    #expect(selected.matrix.columnNames == ["x1"] && selected.matrix.values == [10, 20, 30])
    #expect(Array(examples.matrix.column(1)) == [10, 20, 30] && examples.matrix.row(1) == [2, 20])
  }

  @Test func recencyHalvesTheWeightAndKeepsTheMean() {
    let weights = recencyWeights(ages: [0, 10, 20], halfLife: 10)
    #expect(abs(weights[0] / weights[1] - 2) < 1e-15 && abs(weights[1] / weights[2] - 2) < 1e-15)
    #expect(abs(weights.reduce(0, +) - 3) < 1e-15)
    #expect(recencyWeights(ages: [1e9, 1e9], halfLife: 1) == [1, 1])
  }

  @Test func explanationAddsUp() {
    #expect(Explanation(base: -2, contributions: [0.5, 1]).logOdds == -0.5)
  }
}
