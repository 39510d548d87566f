import Learning
import LinearModels
import Testing

@Suite("Linear classifier")
struct ClassifierTests {
  private let examples = seededExamples(rows: 2_000)
  private let model: LinearClassifier

  init() throws {
    let design = try DesignConfiguration(expansions: [
      .init(column: "x0", kind: .hingeBelow), .init(column: "x0", kind: .square),
      .init(column: "x3", kind: .hingeAbove),
    ])
    model = try LogisticRegression(design: design).fit(examples).model
  }

  @Test func contributionsAddUpToTheLogOdds() {
    for row in 0..<examples.count {
      let values = examples.matrix.row(row)
      let logOdds = model.logOdds(of: values.span, group: examples.groups[row])
      let explanation = model.explain(values.span, group: examples.groups[row])
      #expect(explanation.contributions.count == 5)
      #expect(abs(explanation.logOdds - logOdds) < 1e-9)
    }
  }

  @Test func contributionsAverageToZeroOverTheTrainingRows() {
    var sums = [Double](repeating: 0, count: 5)
    for row in 0..<examples.count {
      let values = examples.matrix.row(row)
      for (column, contribution) in model.contributions(of: values.span, group: examples.groups[row]).enumerated() {
        sums[column] += contribution
      }
    }
    #expect(sums.allSatisfy { abs($0 / Double(examples.count)) < 1e-12 })
  }

  @Test func batchGivesTheBitsOfSingleRows() {
    let batch = model.logOdds(of: examples.matrix, groups: examples.groups)
    for row in 0..<examples.count {
      #expect(batch[row] == model.logOdds(of: examples.matrix.row(row).span, group: examples.groups[row]))
    }
  }

  /// With a free intercept the mean probability over the training rows is the event rate.
  @Test func meanProbabilityIsTheEventRate() {
    let sum = model.logOdds(of: examples.matrix, groups: examples.groups).reduce(0) { $0 + sigmoid($1) }
    #expect(abs(sum - Double(examples.positiveCount)) < 1e-6)
  }

  @Test func rowWithoutAnyValueHasALogOdds() {
    let nothing = [Double](repeating: .nan, count: 5)
    #expect(model.logOdds(of: nothing.span, group: 99).isFinite)
  }

  @Test func droppedColumnContributesNothing() throws {
    let padded = TrainingExamples(
      matrix: FeatureMatrix(
        rowCount: 2_000, columnCount: 6,
        values: [Double](repeating: .nan, count: 2_000) + examples.matrix.values), groups: examples.groups,
      outcomes: examples.outcomes, clusters: examples.clusters)
    let fit = try LogisticRegression().fit(padded)
    #expect(fit.report.dropped == [Design.DroppedTerm(name: "x0", reason: .undefined)])
    #expect(fit.model.contributions(of: padded.matrix.row(4).span, group: 1)[0] == 0)
    let plain = try LogisticRegression().fit(examples)
    #expect(fit.values == plain.values)
  }
}
