import Boosting
import Learning
import Sampling
import Testing

@Suite("The boosting loop")
struct BoostingLoopTests {
  private func configuration(_ change: (inout BoostingConfiguration) -> Void = { _ in }) -> BoostingConfiguration {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.leaves, configuration.minimumRows) = (5, 8, 10)
    change(&configuration)
    return configuration
  }

  private func loss(_ ensemble: TreeEnsemble, on examples: BoostingExamples) -> Double {
    guard case .event(let outcomes) = examples.target else { return .nan }
    let values = ensemble.values(of: examples.matrix)
    return zip(values, outcomes).reduce(0) { $0 + LogLoss.value(logOdds: $1.0, outcome: $1.1) } / Double(outcomes.count)
  }

  @Test("the losses that are reported are those of the ensemble, with and without draws", arguments: [1.0, 0.5])
  func losses(share: Double) throws {
    let examples = SeededExamples.events(rows: 700, seed: 1)
    let stopping = SeededExamples.events(rows: 300, seed: 2)
    let fit = try GradientBoosting(configuration { ($0.rowShare, $0.columnShare) = (share, share) }).fit(
      examples, stopping: stopping, threads: 2)
    #expect(fit.report.rounds == 5 && fit.report.trainingLosses.count == 5 && fit.report.stoppingLosses.count == 5)
    #expect(abs((fit.report.trainingLosses.last ?? 0) - loss(fit.ensemble, on: examples)) < 1e-12)
    #expect(abs((fit.report.stoppingLosses.last ?? 0) - loss(fit.ensemble, on: stopping)) < 1e-12)
    if share == 1 { #expect(zip(fit.report.trainingLosses, fit.report.trainingLosses.dropFirst()).allSatisfy(>)) }
  }

  @Test("growing ends after the patience, and the trees up to the lowest loss are kept")
  func stopping() throws {
    let examples = SeededExamples.events(rows: 250, seed: 3)
    let stopping = SeededExamples.events(rows: 400, seed: 4)
    let settings = configuration {
      ($0.rounds, $0.leaves, $0.learningRate, $0.patience) = (100, 20, 0.5, 4)
      ($0.minimumRows, $0.minimumHessian) = (2, 0.1)
    }
    let fit = try GradientBoosting(settings).fit(examples, stopping: stopping, threads: 1)
    let losses = fit.report.stoppingLosses
    let lowest = try #require(losses.min())
    #expect(losses.count < 100 && losses.count == fit.report.rounds + 4)
    #expect(losses[fit.report.rounds - 1] == lowest && fit.ensemble.trees.count == fit.report.rounds)
    #expect(abs(loss(fit.ensemble, on: stopping) - lowest) < 1e-12)
    let unwatched = try GradientBoosting(settings).fit(examples, threads: 1)
    #expect(unwatched.ensemble.trees.count == 100)
  }

  @Test("draws are seeded, and trees see only the share of columns that they should")
  func draws() throws {
    let examples = SeededExamples.events(rows: 600, columns: 10, seed: 5)
    func fit(seed: UInt64) throws -> BoostedFit {
      try GradientBoosting(configuration { ($0.rowShare, $0.columnShare, $0.seed) = (0.5, 0.2, seed) }).fit(
        examples, threads: 1)
    }
    let (first, again, other) = (try fit(seed: 1), try fit(seed: 1), try fit(seed: 2))
    #expect(first.ensemble == again.ensemble)
    #expect(first.ensemble != other.ensemble)
    for tree in first.ensemble.trees {
      #expect(tree.leaves.reduce(0) { $0 + $1.rows } == 300)
      #expect(Set(tree.splits.map(\.column)).count <= 2)
    }
    #expect(Set(first.ensemble.trees.flatMap(\.splits).map(\.column)).count > 2)
  }

  @Test("a quantile covers its share of new values")
  func coverage() throws {
    var generator = SeededGenerator(seed: 6)
    func examples(level: Double) -> (BoostingExamples, [Double]) {
      let matrix = SeededExamples.matrix(rows: 1000, columns: 2, seed: generator.next(), undefined: 0)
      // The spread doubles where the first value is positive, so that one number for all rows would not do.
      let values = (0..<1000).map { (matrix[$0, 0] > 0 ? 2 : 1) * generator.exponential(mean: 10) }
      return (BoostingExamples(matrix: matrix, target: .quantile(values, level: level)), values)
    }
    for level in [0.2, 0.9] {
      let fit = try GradientBoosting(configuration { ($0.rounds, $0.minimumRows) = (25, 40) }).fit(
        examples(level: level).0, threads: 1)
      let (new, values) = examples(level: level)
      let predicted = fit.ensemble.values(of: new.matrix)
      for isWide in [false, true] {
        let rows = (0..<1000).filter { (new.matrix[$0, 0] > 0) == isWide }
        let covered = Double(rows.count { values[$0] <= predicted[$0] }) / Double(rows.count)
        // About 500 rows: a standard deviation of at most 0.018, and as much for the fit.
        #expect(abs(covered - level) < 0.075)
      }
    }
  }

  @Test("a weighted quantile follows the weights")
  func weightedQuantile() throws {
    let matrix = FeatureMatrix(rowCount: 40, columnCount: 1, values: (0..<40).map { Double($0 % 2) })
    let values = (0..<40).map(Double.init)
    let fit = try GradientBoosting(configuration { $0.rounds = 1 }).fit(
      BoostingExamples(
        matrix: matrix, target: .quantile(values, level: 0.5), weights: (0..<40).map { $0 < 30 ? 0 : 1 }), threads: 1)
    #expect(fit.ensemble.base == 34)
  }
}
