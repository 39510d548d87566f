import Boosting
import Learning
import Testing

@Suite("What trees cannot be grown on, and what they can")
struct BoostingFailureTests {
  private let examples = SeededExamples.events(rows: 60, seed: 1)

  private func failure(
    _ examples: BoostingExamples, constraints: [MonotoneConstraint] = [], stopping: BoostingExamples? = nil,
    _ change: (inout BoostingConfiguration) -> Void = { _ in }
  ) -> BoostingFailure? {
    var configuration = BoostingConfiguration()
    configuration.rounds = 2
    change(&configuration)
    do {
      _ = try GradientBoosting(configuration, constraints: constraints).fit(examples, stopping: stopping, threads: 1)
      return nil
    } catch {
      return error
    }
  }

  private func column(_ values: [Double], _ outcomes: [Bool], weights: [Double]? = nil) -> BoostingExamples {
    BoostingExamples(
      matrix: FeatureMatrix(rowCount: values.count, columnCount: 1, values: values), target: .event(outcomes),
      weights: weights)
  }

  @Test("each setting out of its range is named")
  func settings() {
    let changes: [(String, (inout BoostingConfiguration) -> Void)] = [
      ("rounds", { $0.rounds = 0 }), ("learning rate", { $0.learningRate = 0 }), ("leaves", { $0.leaves = 1 }),
      ("learning rate", { $0.learningRate = .nan }), ("depth", { $0.depth = 0 }), ("bins", { $0.bins = 256 }),
      ("bins", { $0.bins = 1 }), ("minimum rows", { $0.minimumRows = 0 }), ("L1 penalty", { $0.l1 = -1 }),
      ("minimum Hessian", { $0.minimumHessian = -1 }), ("minimum gain", { $0.minimumGain = .infinity }),
      ("L2 penalty", { $0.l2 = .nan }), ("row share", { $0.rowShare = 1.1 }),
      ("column share", { $0.columnShare = 0 }), ("patience", { $0.patience = 0 }),
    ]
    for (name, change) in changes {
      guard case .setting(let found, let reason) = failure(examples, change) else {
        Issue.record("\(name) was accepted")
        continue
      }
      #expect(found == name && reason.hasPrefix("must be"))
    }
    #expect(failure(examples) == nil)
    #expect(failure(examples) { ($0.minimumRows, $0.leaves) = (.max, .max) } == nil)
  }

  @Test("rows that cannot be learned from are refused in words")
  func rows() {
    #expect(failure(column([], [])) == .noRows)
    #expect(failure(column([1, 2], [true, true])) == .oneOutcome)
    #expect(failure(column([1, 2], [true, false], weights: [0, 1])) == .oneOutcome)
    #expect(failure(column([1, 2], [true, false], weights: [1, .nan])) == .weightNotUsable(row: 1))
    #expect(failure(column([1, 2], [true, false], weights: [0, 0])) == .weightNotUsable(row: 0))
    #expect(failure(column([1, 2], [true, false], weights: [1e-300, 1e-300])) == .weightNotUsable(row: 0))
    #expect(failure(examples, constraints: [.none]) == .constraints(found: 1, expected: 4))
    let narrow = column([1, 2], [true, false])
    #expect(failure(examples, stopping: narrow) == .stoppingColumns(found: 1, expected: 4))
    let matrix = FeatureMatrix(rowCount: 2, columnCount: 1, values: [1, 2])
    let infinite = BoostingExamples(matrix: matrix, target: .quantile([1, .infinity], level: 0.5))
    #expect(failure(infinite) == .targetNotFinite(row: 1))
    let apart = BoostingExamples(matrix: matrix, target: .quantile([-1.5e308, 1.5e308], level: 0.5))
    #expect(failure(apart) { $0.minimumRows = 1 } == .notFinite)
    let level = BoostingExamples(matrix: matrix, target: .quantile([1, 2], level: 1))
    #expect(failure(level) == .setting("level", reason: "must be above 0 and below 1"))
    #expect("\(BoostingFailure.stoppingColumns(found: 1, expected: 4))".contains("1 columns"))
  }

  @Test("degenerate columns, few rows and extreme weights give trees")
  func degenerate() throws {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.minimumRows, configuration.minimumHessian) = (3, 1, 0)
    let learner = GradientBoosting(configuration)
    let same = try learner.fit(column([7, 7, 7], [true, false, false]), threads: 2)
    #expect(same.ensemble.trees.allSatisfy { $0.splits.isEmpty } && !same.ensemble.trees.isEmpty)
    #expect(abs(sigmoid(same.ensemble.value(of: [7].span)) - 1 / 3) < 1e-9)
    let undefined = try learner.fit(column([.nan, .nan], [true, false]), threads: 2)
    #expect(abs(undefined.ensemble.value(of: [.nan].span)) < 1e-9)
    let two = try learner.fit(column([.infinity, -.infinity], [true, false]), threads: 2)
    #expect(two.ensemble.value(of: [.infinity].span) > two.ensemble.value(of: [-.infinity].span))
    let heavy = try learner.fit(column([1, 2, 3], [true, false, true], weights: [1e100, 1e-300, 0]), threads: 1)
    #expect(heavy.ensemble.value(of: [1].span).isFinite && heavy.report.trainingLosses.allSatisfy { $0.isFinite })
    let light = try learner.fit(column([1, 2], [true, false], weights: [1e-100, 1e-300]), threads: 1)
    #expect(light.ensemble.value(of: [1].span).isFinite)
    let one = try learner.fit(
      BoostingExamples(
        matrix: FeatureMatrix(rowCount: 1, columnCount: 0, values: []), target: .quantile([5], level: 0.3)), threads: 4)
    #expect(one.ensemble.value(of: [Double]().span) == 5)
  }

  @Test("trees go on until rows are pure, and stay finite without penalties")
  func pure() throws {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.minimumRows, configuration.minimumHessian) = (300, 1, 0)
    (configuration.l2, configuration.learningRate) = (0, 1)
    let fit = try GradientBoosting(configuration).fit(
      column((0..<20).map(Double.init), (0..<20).map { $0 > 11 }), threads: 1)
    #expect(fit.report.trainingLosses.allSatisfy { $0.isFinite })
    #expect((fit.report.trainingLosses.last ?? 1) < 1e-3)
  }
}
