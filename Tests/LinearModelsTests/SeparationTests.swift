import Learning
import LinearModels
import Sampling
import Testing

@Suite("Separation")
struct SeparationTests {
  private let unpenalised: LogisticRegression

  init() throws {
    unpenalised = LogisticRegression(design: .raw, configuration: try LogisticConfiguration(penalty: 0))
  }

  @Test func completeSeparationStopsTheFitWithoutPenalty() {
    #expect(throws: FitFailure.separated(Separation(kind: .complete, terms: ["x0"]))) {
      try unpenalised.fit(separatedExamples)
    }
  }

  @Test func penaltyKeepsSeparatedRowsFiniteAndSaysSo() throws {
    let fit = try LogisticRegression(design: .raw).fit(separatedExamples)
    #expect(fit.report.separation == Separation(kind: .complete, terms: ["x0"]))
  }

  @Test func emptyCellIsQuasiComplete() {
    let column = (0..<40).map { $0 < 20 ? 0.0 : 1 }
    let other = (0..<40).map { Double(($0 * 7) % 11) }
    let examples = TrainingExamples(
      matrix: FeatureMatrix(rowCount: 40, columnCount: 2, values: column + other),
      groups: [Int](repeating: 0, count: 40), outcomes: (0..<40).map { $0 < 20 && $0 % 3 == 0 },
      clusters: Array(0..<40))
    #expect(throws: FitFailure.separated(Separation(kind: .quasiComplete, terms: ["x0"]))) {
      try unpenalised.fit(examples)
    }
  }

  @Test func separationByASumOfColumnsIsFound() {
    var generator = SeededGenerator(seed: 5)
    let first = (0..<200).map { _ in generator.normal() }
    let second = (0..<200).map { _ in generator.normal() }
    let examples = TrainingExamples(
      matrix: FeatureMatrix(rowCount: 200, columnCount: 2, values: first + second),
      groups: [Int](repeating: 0, count: 200), outcomes: (0..<200).map { first[$0] + second[$0] > 0.3 },
      clusters: Array(0..<200))
    #expect(throws: FitFailure.separated(Separation(kind: .complete, terms: []))) { try unpenalised.fit(examples) }
  }

  /// Strong effects alone are no separation.
  @Test func steepButOverlappingOutcomesAreFitted() throws {
    var generator = SeededGenerator(seed: 6)
    let column = (0..<3_000).map { _ in 3 * generator.normal() }
    let examples = TrainingExamples(
      matrix: FeatureMatrix(rowCount: 3_000, columnCount: 1, values: column),
      groups: [Int](repeating: 0, count: 3_000),
      outcomes: column.map { generator.happens(withProbability: sigmoid(4 * $0)) }, clusters: Array(0..<3_000))
    let fit = try unpenalised.fit(examples)
    #expect(abs(fit.model.coefficients[0] - 4) < 1)
    #expect(fit.report.separation.kind == .none)
  }

  @Test func columnsThatDependOnEachOtherAreNamedSingular() throws {
    let column = (0..<40).map { Double(($0 * 7) % 11) }
    let examples = TrainingExamples(
      matrix: FeatureMatrix(rowCount: 40, columnCount: 2, values: column + column),
      groups: [Int](repeating: 0, count: 40), outcomes: (0..<40).map { $0 % 3 == 0 }, clusters: Array(0..<40))
    #expect(throws: FitFailure.singular(order: 3)) { try unpenalised.fit(examples) }
    let fit = try LogisticRegression(design: .raw).fit(examples)
    #expect(abs(fit.model.coefficients[0] - fit.model.coefficients[1]) < 1e-9)
  }

  @Test func unusableExamplesAreRefused() {
    let examples = ReferenceSample.examples
    #expect(throws: FitFailure.oneOutcome) { try unpenalised.fit(examples.selecting(rows: [0, 1, 2])) }
    #expect(throws: FitFailure.noRows) { try unpenalised.fit(examples.selecting(rows: [])) }
    let weights = (0..<40).map { $0 == 3 ? -1.0 : 1 }
    #expect(throws: FitFailure.weightNotUsable(row: 3)) { try unpenalised.fit(examples.weighted(by: weights)) }
  }
}
