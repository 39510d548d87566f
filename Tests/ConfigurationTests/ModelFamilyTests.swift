import Boosting
import Configuration
import Foundation
import Learning
import Testing

@Suite("The family of a training configuration and its boosting section")
struct ModelFamilyTests {
  private static func text(_ model: String) -> String {
    """
    name: test
    task: {band: 100bp, horizon: 2h, threshold: {relativeToMedian: 0.4}}
    features: {bands: [100bp]}
    validation: {folds: 2}
    gate: {minimumSkill: 0}
    model:
    \(model)

    """
  }

  private static func model(_ model: String) throws -> TrainingConfiguration.Model {
    try TrainingConfiguration(yaml: text(model), file: "f.yaml").model
  }

  @Test("A file that says nothing of families means a logistic regression, and default settings of everything else")
  func oldFiles() throws {
    let model = try Self.model("  penalties: [1]")
    #expect(model.family == .one(.logistic))
    #expect(model.family.judged == [.logistic])
    #expect(model.boosting.learner == BoostingConfiguration())
    #expect(model.boosting.monotone == .catalogue)
    #expect(model.boosting.earlyStopping == nil)
  }

  @Test(
    "Each family is judged beside its parts",
    arguments: [
      ("logistic", TrainingConfiguration.Family.one(.logistic), [ModelFamily.logistic]),
      ("boosting", .one(.boosting), [.boosting]),
      ("blend", .one(.blend), [.logistic, .boosting, .blend]),
      ("best", .best(margin: 0.01), [.logistic, .boosting, .blend]),
      ("best\n  familyMargin: 0", .best(margin: 0), [.logistic, .boosting, .blend]),
    ])
  func families(_ name: String, _ family: TrainingConfiguration.Family, _ judged: [ModelFamily]) throws {
    let model = try Self.model("  penalties: [1]\n  family: \(name)")
    #expect(model.family == family)
    #expect(model.family.judged == judged)
  }

  @Test("Boosting alone needs no penalties, every other family does")
  func penalties() throws {
    #expect(try Self.model("  family: boosting").penalties.isEmpty)
    #expect(try Self.model("  family: boosting\n  penalties: [3]").penalties == [3])
    for name in ["logistic", "blend", "best"] {
      let fault = #expect(throws: ConfigurationFault.self) { try Self.model("  family: \(name)") }
      #expect(fault?.description == "f.yaml:6: model.penalties: is missing")
    }
  }

  @Test("Every setting of the section is read")
  func everySetting() throws {
    let model = try Self.model(
      """
        family: boosting
        boosting:
          rounds: 60
          learningRate: 0.05
          leaves: 6
          depth: 3
          bins: 63
          minimumRows: 200
          minimumHessian: 2
          minimumGain: 0.5
          l1: 0.25
          l2: 10
          rowShare: 0.8
          columnShare: 0.5
          seed: 18446744073709551615
          monotone: none
          earlyStopping: {share: 0.2, patience: 25}
      """)
    var expected = BoostingConfiguration()
    expected.rounds = 60
    expected.learningRate = 0.05
    expected.leaves = 6
    expected.depth = 3
    expected.bins = 63
    expected.minimumRows = 200
    expected.minimumHessian = 2
    expected.minimumGain = 0.5
    expected.l1 = 0.25
    expected.l2 = 10
    expected.rowShare = 0.8
    expected.columnShare = 0.5
    expected.seed = .max
    expected.patience = 25
    #expect(model.boosting.learner == expected)
    #expect(model.boosting.monotone == .none)
    #expect(model.boosting.earlyStopping?.share == 0.2)
  }

  @Test("A depth of none is without a bound")
  func depth() throws {
    #expect(try Self.model("  family: boosting\n  boosting: {depth: none}").boosting.learner.depth == nil)
  }

  @Test(
    "Wrong settings are refused at their place",
    arguments: [
      ("family: forest", "8: model.family: 'forest' is not one of logistic, boosting, blend, best"),
      ("familyMargin: -0.1", "8: model.familyMargin: -0.1 is outside 0.0 to 1.0"),
      ("boosting: 3", "8: model.boosting: expected settings below this one"),
      ("boosting: {round: 3}", "8: model.boosting.round: unknown setting in 'model.boosting'; known ones are rounds,"),
      ("boosting: {rounds: 0}", "8: model.boosting.rounds: 0 is outside 1 to 100000"),
      ("boosting: {rounds: 1.5}", "8: model.boosting.rounds: expected a whole number"),
      ("boosting: {learningRate: 0}", "8: model.boosting.learningRate: 0.0 is not above 0 and at most 1"),
      ("boosting: {learningRate: 1.1}", "8: model.boosting.learningRate: 1.1 is not above 0 and at most 1"),
      ("boosting: {leaves: 1}", "8: model.boosting.leaves: 1 is outside 2 to 65536"),
      ("boosting: {depth: 0}", "8: model.boosting.depth: expected none or a whole number from 1 to 64"),
      ("boosting: {bins: 256}", "8: model.boosting.bins: 256 is outside 2 to 255"),
      ("boosting: {minimumRows: 0}", "8: model.boosting.minimumRows: 0 is outside 1 to"),
      ("boosting: {minimumHessian: -1}", "8: model.boosting.minimumHessian: -1.0 is outside 0.0 to"),
      ("boosting: {minimumGain: nan}", "8: model.boosting.minimumGain: expected a number"),
      ("boosting: {l1: -1}", "8: model.boosting.l1: -1.0 is outside 0.0 to"),
      ("boosting: {l2: -1}", "8: model.boosting.l2: -1.0 is outside 0.0 to"),
      ("boosting: {rowShare: 0}", "8: model.boosting.rowShare: 0.0 is not above 0 and at most 1"),
      ("boosting: {columnShare: 2}", "8: model.boosting.columnShare: 2.0 is not above 0 and at most 1"),
      ("boosting: {seed: -1}", "8: model.boosting.seed: expected a whole number from 0"),
      ("boosting: {monotone: some}", "8: model.boosting.monotone: 'some' is not one of catalogue, none"),
      ("boosting: {earlyStopping: {share: 0.2}}", "8: model.boosting.earlyStopping.patience: is missing"),
      ("boosting: {earlyStopping: {patience: 2}}", "8: model.boosting.earlyStopping.share: is missing"),
      (
        "boosting: {earlyStopping: {share: 0.9, patience: 2}}",
        "8: model.boosting.earlyStopping.share: 0.9 is outside 0.05 to 0.5"
      ),
      (
        "boosting: {earlyStopping: {share: 0.2, patience: 0}}",
        "8: model.boosting.earlyStopping.patience: 0 is outside 1 to"
      ),
      (
        "boosting:\n    earlyStopping:\n      share: 0.2\n      patience: 2\n      rounds: 1",
        "12: model.boosting.earlyStopping.rounds: unknown setting in 'model.boosting.earlyStopping'"
      ),
    ])
  func faults(_ setting: String, _ fault: String) {
    let error = #expect(throws: ConfigurationFault.self) { try Self.model("  penalties: [1]\n  \(setting)") }
    let description = error?.description ?? ""
    #expect(description.hasPrefix("f.yaml:" + fault), "\(description)")
  }
}
