import Boosting
import Configuration
import Foundation
import Testing

@Suite("The search section of a training configuration")
struct SearchSpaceTests {
  private static func text(_ search: String, boosting: String = "{}") -> String {
    """
    name: test
    task: {band: 100bp, horizon: 2h, threshold: {relativeToMedian: 0.4}}
    features: {bands: [100bp]}
    validation: {folds: 2}
    gate: {minimumSkill: 0}
    model: {family: boosting, boosting: \(boosting)}
    \(search)

    """
  }

  private static func read(_ search: String) throws -> SearchSpace {
    try TrainingConfiguration(yaml: text(search), file: "f.yaml").search
  }

  @Test("Without a section, or with a seed only, the standard space is searched")
  func standard() throws {
    #expect(try Self.read("") == .standard)
    let seeded = try Self.read("search: {seed: 9}")
    #expect(seeded.dimensions == SearchSpace.standard.dimensions)
    #expect(seeded.seed == 9)
  }

  @Test("The standard space reads back as settings that a file may have")
  func standardIsSound() throws {
    for dimension in SearchSpace.standard.dimensions {
      let range =
        switch dimension.domain {
        case .whole(let range, let scale): "{from: \(range.lowerBound), to: \(range.upperBound), scale: \(scale)}"
        case .real(let range, let scale): "{from: \(range.lowerBound), to: \(range.upperBound), scale: \(scale)}"
        case .choices(let values): "\(values)"
        }
      #expect(try Self.read("search: {\(dimension.setting.rawValue): \(range)}").dimensions == [dimension])
    }
  }

  @Test("Lists are choices, from and to are ranges, and the dimensions have an order of their own")
  func everyKind() throws {
    let space = try Self.read(
      """
      search:
        seed: 18446744073709551615
        columnShare: [1, 0.5]
        l2: {from: 0.1, to: 100, scale: log}
        l1: {from: 0, to: 2}
        leaves: {from: 2, to: 31, scale: log}
        depth: [none, 3]
        rounds: {from: 10, to: 20, scale: linear}
      """)
    #expect(space.seed == .max)
    #expect(
      space.dimensions == [
        .init(.rounds, .whole(10...20, .linear)), .init(.leaves, .whole(2...31, .log)),
        .init(.depth, .choices([.unbounded, .whole(3)])), .init(.l1, .real(0...2, .linear)),
        .init(.l2, .real(0.1...100, .log)), .init(.columnShare, .choices([.real(1), .real(0.5)])),
      ])
  }

  @Test(
    "Wrong spaces are refused at their place",
    arguments: [
      ("search: 3", "7: search: expected settings below this one"),
      ("search: {leafs: [3]}", "7: search.leafs: unknown setting in 'search'; known ones are rounds, learningRate,"),
      ("search:\n  leaves: 3", "8: search.leaves: expected a list such as [a, b], or {from: a, to: b, scale: log}"),
      ("search:\n  leaves: []", "8: search.leaves: names no choice"),
      ("search:\n  leaves: [3, 4, 3]", "8: search.leaves.3: 3 stands twice"),
      ("search:\n  leaves: [3, 1]", "8: search.leaves.2: 1 is outside 2 to 65536"),
      ("search:\n  leaves: {from: 3}", "8: search.leaves.to: is missing"),
      ("search:\n  leaves:\n    from: 3\n    to: 3", "10: search.leaves.to: 3 is not above 'from'"),
      ("search:\n  leaves: {from: 3, to: 7, step: 2}", "8: search.leaves.step: unknown setting in 'search.leaves'"),
      (
        "search:\n  leaves:\n    from: 3\n    to: 7\n    scale: ln",
        "11: search.leaves.scale: 'ln' is not one of linear, log"
      ),
      (
        "search:\n  l1:\n    from: 0\n    to: 7\n    scale: log",
        "9: search.l1.from: must be above 0 on a logarithmic scale"
      ),
      ("search:\n  l2: {from: 2.0, to: 1}", "8: search.l2.to: 1.0 is not above 'from'"),
      ("search:\n  rowShare: [1.5]", "8: search.rowShare.1: 1.5 is not above 0 and at most 1"),
      ("search:\n  rowShare: {from: 0, to: 1}", "8: search.rowShare.from: 0.0 is not above 0 and at most 1"),
      ("search:\n  depth: {from: none, to: 3}", "8: search.depth.from: a range needs numbers at its ends"),
      ("search:\n  depth: {from: 3, to: none}", "8: search.depth.to: a range needs numbers at its ends"),
      ("search:\n  depth: [0]", "8: search.depth.1: expected none or a whole number from 1 to 64"),
      ("search:\n  seed: -1", "8: search.seed: expected a whole number from 0"),
    ])
  func faults(_ search: String, _ expected: String) {
    let fault = #expect(throws: ConfigurationFault.self) { try Self.read(search) }
    let description = fault?.description ?? ""
    #expect(description.hasPrefix("f.yaml:" + expected), "\(description)")
  }

  @Test("Settings written as YAML read back as the same settings")
  func written() throws {
    let section = """
      {rounds: 57, learningRate: 0.0437, leaves: 5, depth: 3, bins: 63, minimumRows: 44, minimumHessian: 0.3, \
      minimumGain: 0.01, l1: 1.0e-5, l2: 47.3, rowShare: 0.61, columnShare: 0.7, seed: 18446744073709551615, \
      monotone: none, earlyStopping: {share: 0.15, patience: 20}}
      """
    for section in [section, "{}"] {
      let boosting = try TrainingConfiguration(yaml: Self.text("", boosting: section), file: "f.yaml").model.boosting
      let head = "name: test\ntask: {band: 100bp, horizon: 2h, threshold: {relativeToMedian: 0.4}}\n"
      let tail = "    minimumGain: 0.0\n"
      let text =
        head + "features: {bands: [100bp]}\nvalidation: {folds: 2}\ngate: {minimumSkill: 0}\n" + boosting.yaml
        + "  family: boosting\n"
      #expect(text.contains(tail) == (section == "{}"))
      #expect(try TrainingConfiguration(yaml: text, file: "again.yaml").model.boosting == boosting)
    }
  }

  @Test("Trees grown another way keep the early stopping of the configuration")
  func otherLearner() throws {
    let text = Self.text("", boosting: "{earlyStopping: {share: 0.2, patience: 7}}")
    let boosting = try TrainingConfiguration(yaml: text, file: "f.yaml").model.boosting
    var learner = BoostingConfiguration()
    learner.leaves = 4
    let other = boosting.with(learner: learner)
    #expect(other.learner.leaves == 4)
    #expect(other.learner.patience == 7)
    #expect(other.earlyStopping == boosting.earlyStopping)
  }
}
