import Boosting
import Learning
import Sampling
import Testing

@Suite("Monotone constraints")
struct MonotonicityTests {
  private static let constraints: [MonotoneConstraint] = [.decreasing, .increasing, .none, .increasing]

  /// The number of pairs that differ in one constrained column, and whose values are in the wrong order.
  private func violations(_ ensemble: TreeEnsemble, pairs: Int) -> Int {
    var generator = SeededGenerator(seed: 20)
    var wrong = 0
    for _ in 0..<pairs {
      var row = (0..<4).map { _ in generator.happens(withProbability: 0.1) ? Double.nan : generator.normal() * 1.5 }
      let column = [0, 1, 3][generator.index(below: 3)]
      let ends = [generator.normal() * 2, generator.normal() * 2].sorted()
      row[column] = ends[0]
      let low = ensemble.value(of: row.span)
      row[column] = ends[1]
      let high = ensemble.value(of: row.span)
      if Self.constraints[column] == .increasing ? low > high : low < high { wrong += 1 }
    }
    return wrong
  }

  @Test("hold on 10,000 random pairs for an event, with many small leaves, where they do not hold unconstrained")
  func events() throws {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.leaves, configuration.minimumRows) = (12, 40, 2)
    (configuration.minimumHessian, configuration.l2, configuration.learningRate) = (0, 0.01, 0.3)
    let examples = SeededExamples.events(rows: 1200, seed: 21)
    let free = try GradientBoosting(configuration).fit(examples, threads: 1)
    let bound = try GradientBoosting(configuration, constraints: Self.constraints).fit(examples, threads: 1)
    #expect(violations(free.ensemble, pairs: 1_000) > 50)
    #expect(violations(bound.ensemble, pairs: 10_000) == 0)
    #expect(bound.ensemble.trees.contains { $0.leaves.count > 15 })
    let losses = bound.report.trainingLosses
    #expect(losses[11] < losses[0] * 0.9)
  }

  @Test("hold on 10,000 random pairs for a quantile, whose leaves are renewed")
  func quantiles() throws {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.leaves, configuration.minimumRows) = (8, 20, 5)
    let matrix = SeededExamples.matrix(rows: 800, columns: 4, seed: 22)
    var generator = SeededGenerator(seed: 23)
    let values = (0..<800).map { row in
      let first = matrix[row, 0].isNaN ? 0 : matrix[row, 0]
      return 100 * (-first + (matrix[row, 2] > 0 ? 1 : 0) + generator.normal())
    }
    let examples = BoostingExamples(matrix: matrix, target: .quantile(values, level: 0.8))
    let free = try GradientBoosting(configuration).fit(examples, threads: 1)
    let bound = try GradientBoosting(configuration, constraints: Self.constraints).fit(examples, threads: 1)
    #expect(violations(free.ensemble, pairs: 1_000) > 50)
    #expect(violations(bound.ensemble, pairs: 10_000) == 0)
    #expect((bound.report.trainingLosses.last ?? 1) < bound.report.trainingLosses[0])
  }
}
