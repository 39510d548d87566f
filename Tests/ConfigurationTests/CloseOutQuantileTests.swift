import Boosting
import Configuration
import Markets
import Testing

@Suite("The close-out quantiles and the interval of a training configuration")
struct CloseOutQuantileTests {
  private static func text(_ settings: String, closeOut: String = ", closeOut: {notional: 1, maintenanceMargin: 1bp}")
    -> String
  {
    """
    name: test
    task: {band: 100bp, horizon: 2h, threshold: {relativeToMedian: 0.4}\(closeOut)}
    features: {bands: [100bp]}
    model: {penalties: [1]}
    validation: {folds: 2}
    gate: {minimumSkill: 0}
    \(settings)
    """
  }

  private static func read(_ settings: String) throws -> TrainingConfiguration {
    try TrainingConfiguration(yaml: text(settings), file: "f.yaml")
  }

  @Test("A file that says nothing of them asks for neither")
  func neither() throws {
    let configuration = try Self.read("")
    #expect(configuration.closeOutQuantile == nil)
    #expect(configuration.interval == .none)
    #expect(try Self.read("interval: vennAbers").interval == .vennAbers)
  }

  @Test("An empty section has the defaults")
  func defaults() throws {
    let settings = try #require(try Self.read("closeOutQuantile: {}").closeOutQuantile)
    #expect(settings.levels == [0.95, 0.99])
    #expect(settings.notionals == [1])
    #expect(settings.inputs == nil)
    #expect(settings.lossFloor == BasisPoints(5))
    #expect(settings.calibrationShare == 0.25 && settings.tailThreshold == 0.9 && settings.penalty == 10)
    var learner = BoostingConfiguration()
    (learner.rounds, learner.leaves, learner.minimumRows) = (50, 4, 500)
    #expect(settings.boosting.learner == learner)
    #expect(settings.boosting.monotone == .catalogue)
  }

  @Test("Every setting of the section is read")
  func everySetting() throws {
    let settings = try #require(
      try Self.read(
        """
        closeOutQuantile:
          levels: [0.9, 0.975, 0.999]
          notionals: [0.5, 1, 2e6]
          inputs: [depth_100bp, spread]
          lossFloor: 2.5bp
          calibrationShare: 0.4
          tailThreshold: 0.95
          penalty: 0
          boosting: {rounds: 7, monotone: none, earlyStopping: {share: 0.2, patience: 5}}
        """
      ).closeOutQuantile)
    #expect(settings.levels == [0.9, 0.975, 0.999])
    #expect(settings.notionals == [0.5, 1, 2_000_000])
    #expect(settings.inputs == ["depth_100bp", "spread"])
    #expect(settings.lossFloor == BasisPoints(2.5))
    #expect(settings.calibrationShare == 0.4 && settings.tailThreshold == 0.95 && settings.penalty == 0)
    #expect(settings.boosting.learner.rounds == 7 && settings.boosting.learner.leaves == 4)
    #expect(settings.boosting.monotone == .none)
    #expect(settings.boosting.earlyStopping?.patience == 5)
  }

  @Test(
    "A wrong setting is refused at its line",
    arguments: [
      ("{levels: [0.99, 0.95]}", "f.yaml:7: closeOutQuantile.levels: must hold a level, and they must rise"),
      ("{levels: []}", "f.yaml:7: closeOutQuantile.levels: must hold a level, and they must rise"),
      ("{levels: [1]}", "f.yaml:7: closeOutQuantile.levels.1: 1.0 is outside 0.5 to 0.999"),
      ("{notionals: []}", "f.yaml:7: closeOutQuantile.notionals: must hold 1.0, the notional of task.closeOut"),
      ("{notionals: [2]}", "f.yaml:7: closeOutQuantile.notionals: must hold 1.0, the notional of task.closeOut"),
      ("{notionals: [2, 1]}", "f.yaml:7: closeOutQuantile.notionals: must be above zero, and they must rise"),
      ("{notionals: [1, 1]}", "f.yaml:7: closeOutQuantile.notionals: must be above zero, and they must rise"),
      ("{notionals: [0, 1]}", "f.yaml:7: closeOutQuantile.notionals: must be above zero, and they must rise"),
      ("{notionals: [1, .inf]}", "f.yaml:7: closeOutQuantile.notionals.2: expected a number"),
      ("{inputs: []}", "f.yaml:7: closeOutQuantile.inputs: names no feature"),
      ("{lossFloor: 0bp}", "f.yaml:7: closeOutQuantile.lossFloor: 0bp is not above 0bp and at most 100bp"),
      ("\n  calibrationShare: 0.9", "f.yaml:8: closeOutQuantile.calibrationShare: 0.9 is outside 0.05 to 0.5"),
      ("\n  boosting: {rounds: 0}", "f.yaml:8: closeOutQuantile.boosting.rounds: 0 is outside 1 to 100000"),
    ])
  func faults(_ settings: String, _ fault: String) {
    let found = #expect(throws: ConfigurationFault.self) { try Self.read("closeOutQuantile: \(settings)") }
    #expect(found?.description == fault)
  }

  @Test("An unknown setting and an unknown interval are refused")
  func unknown() {
    let stray = #expect(throws: ConfigurationFault.self) { try Self.read("closeOutQuantile: {level: 0.9}") }
    #expect(stray?.description.hasPrefix("f.yaml:7: closeOutQuantile.level: unknown setting") == true)
    let interval = #expect(throws: ConfigurationFault.self) { try Self.read("interval: bayes") }
    #expect(interval?.description == "f.yaml:7: interval: 'bayes' is not one of none, vennAbers")
  }

  @Test("Without a liquidation there is no loss to speak of")
  func needsCloseOut() {
    let fault = #expect(throws: ConfigurationFault.self) {
      try TrainingConfiguration(yaml: Self.text("closeOutQuantile: {}", closeOut: ""), file: "f.yaml")
    }
    #expect(fault?.description == "f.yaml:7: closeOutQuantile: needs task.closeOut, whose loss it is about")
  }
}
