import Boosting
import Learning
import Sampling
import Testing

@Suite("The same trees every time")
struct DeterminismTests {
  private static let configuration = {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.leaves, configuration.minimumRows) = (4, 15, 5)
    return configuration
  }()

  private static func weighted(_ examples: BoostingExamples) -> BoostingExamples {
    var generator = SeededGenerator(seed: 9)
    return BoostingExamples(
      matrix: examples.matrix, target: examples.target,
      weights: (0..<examples.matrix.rowCount).map { _ in generator.exponential(mean: 2) })
  }

  @Test("one, two and four threads grow the same bits, with and without draws", arguments: [1.0, 0.6])
  func threads(share: Double) throws {
    let examples = SeededExamples.events(rows: 20_000, seed: 3)
    var configuration = Self.configuration
    (configuration.rowShare, configuration.columnShare) = (share, share)
    let fits = try [1, 2, 4].map { try GradientBoosting(configuration).fit(examples, stopping: examples, threads: $0) }
    #expect(fits[0].ensemble.trees.allSatisfy { $0.leaves.count == 15 })
    #expect(fits[1].ensemble == fits[0].ensemble && fits[2].ensemble == fits[0].ensemble)
    #expect(fits[1].report == fits[0].report && fits[2].report == fits[0].report)
  }

  @Test("the order of the rows does not matter, weighted or not")
  func order() throws {
    for examples in [SeededExamples.events(rows: 600, seed: 4)].flatMap({ [$0, Self.weighted($0)] }) {
      let fit = try GradientBoosting(Self.configuration).fit(examples, threads: 2)
      for seed in 1...2 as ClosedRange<UInt64> {
        let other = try GradientBoosting(Self.configuration).fit(
          SeededExamples.shuffled(examples, seed: seed), threads: 2)
        #expect(other.ensemble == fit.ensemble)
      }
    }
  }
}
