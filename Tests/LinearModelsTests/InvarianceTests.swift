import Foundation
import Learning
import LinearModels
import Sampling
import Testing

@Suite("What must not change a fit")
struct InvarianceTests {
  private let examples = seededExamples(rows: 9_000)

  @Test(arguments: [LogisticConfiguration.Method.ridge, .firth])
  func numberOfThreadsChangesNoBit(method: LogisticConfiguration.Method) throws {
    let regression = LogisticRegression(configuration: try LogisticConfiguration(penalty: 1, method: method))
    let alone = try regression.fit(examples, execution: .sequential)
    let together = try regression.fit(examples, execution: .concurrent)
    #expect(alone.model == together.model)
    #expect(alone.report == together.report)
  }

  @Test func orderOfTheRowsChangesNothingButRounding() throws {
    var generator = SeededGenerator(seed: 8)
    let order = (0..<examples.count).shuffled(using: &generator)
    let regression = LogisticRegression()
    let (first, second) = (try regression.fit(examples), try regression.fit(examples.selecting(rows: order)))
    #expect(distance(first.values, second.values) < 1e-12)
    let errors = [first, second].map { $0.report.coefficients.compactMap(\.clusteredStandardError) }
    #expect(distance(errors[0], errors[1]) < 1e-12)
  }

  @Test func shiftAndUnitOfAColumnChangeNoProbability() throws {
    let moved = TrainingExamples(
      matrix: FeatureMatrix(
        rowCount: examples.count, columnCount: 5, values: examples.matrix.values.map { 1_000 * $0 - 77 }),
      groups: examples.groups, outcomes: examples.outcomes, clusters: examples.clusters)
    let regression = LogisticRegression()
    let (first, second) = (try regression.fit(examples), try regression.fit(moved))
    #expect(
      distance(
        first.model.logOdds(of: examples.matrix, groups: examples.groups),
        second.model.logOdds(of: moved.matrix, groups: moved.groups)) < 1e-9)
  }

  /// Shifts that belong to a group vanish when columns are centred by group.
  @Test func shiftOfAGroupChangesNoProbability() throws {
    var values = examples.matrix.values
    for index in values.indices { values[index] += 5 * Double((index % examples.count) % 3) }
    let moved = FeatureMatrix(rowCount: examples.count, columnCount: 5, values: values)
    let regression = LogisticRegression()
    let first = try regression.fit(examples)
    let second = try regression.fit(
      TrainingExamples(
        matrix: moved, groups: examples.groups, outcomes: examples.outcomes, clusters: examples.clusters))
    #expect(
      distance(
        first.model.logOdds(of: examples.matrix, groups: examples.groups),
        second.model.logOdds(of: moved, groups: examples.groups)) < 1e-9)
  }

  @Test func modelComesBackFromTextUnchanged() throws {
    let design = try DesignConfiguration(expansions: [.init(column: "x1", kind: .hingeBelow, knot: 0.5)])
    let fit = try LogisticRegression(design: design).fit(examples)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = try encoder.encode(fit.model)
    let read = try JSONDecoder().decode(LinearClassifier.self, from: text)
    #expect(read == fit.model)
    let rewritten = try encoder.encode(read)
    #expect(rewritten == text)
    let report = try JSONDecoder().decode(FitReport.self, from: try encoder.encode(fit.report))
    #expect(report == fit.report)
  }

  @Test func unknownKeyOrMissingCoefficientIsRefused() throws {
    let text = try JSONEncoder().encode(try LogisticRegression().fit(examples).model)
    var object = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    object["colour"] = 1
    let unknown = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(LinearClassifier.self, from: unknown) }
    object["colour"] = nil
    object["coefficients"] = [1.0]
    let short = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(LinearClassifier.self, from: short) }
  }
}
