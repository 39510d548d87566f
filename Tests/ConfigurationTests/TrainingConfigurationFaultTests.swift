import Configuration
import Foundation
import Labels
import LinearModels
import Markets
import Testing

@Suite("Faults of a training configuration")
struct TrainingConfigurationFaultTests {
  private static let sound = """
    name: test
    task:
      band: 100bp
      horizon: 2h
      threshold:
        relativeToMedian: 0.4
    features:
      bands: [50bp, 100bp]
      windows: [1h]
    model:
      penalties: [1]
    validation:
      folds: 2
    gate:
      minimumSkill: 0

    """

  private func expectFault(_ change: WrongSetting) {
    let text = change.applied(to: Self.sound)
    #expect(text != Self.sound)
    let fault = #expect(throws: ConfigurationFault.self) { try TrainingConfiguration(yaml: text, file: "f.yaml") }
    let description = fault?.description ?? ""
    #expect(description.hasPrefix("f.yaml:" + change.fault), "\(description)")
  }

  @Test("The sound text loads with the standard values of what it does not say")
  func sound() throws {
    let configuration = try TrainingConfiguration(yaml: Self.sound, file: "f.yaml")
    #expect(configuration.name == "test")
    #expect(configuration.task.latency == .seconds(1))
    #expect(configuration.model.design.clip == 5)
    #expect(configuration.calibration == .none)
    #expect(configuration.validation.resamples == 500)
    #expect(configuration.text == Self.sound)
  }

  @Test("Clipping is switched off by none, and set by a number")
  func clipping() throws {
    let off = Self.sound.replacingOccurrences(of: "penalties: [1]", with: "penalties: [1]\n  clip: none")
    #expect(try TrainingConfiguration(yaml: off, file: "f.yaml").model.design.clip == nil)
    let set = Self.sound.replacingOccurrences(of: "penalties: [1]", with: "penalties: [1]\n  clip: 2.5")
    #expect(try TrainingConfiguration(yaml: set, file: "f.yaml").model.design.clip == 2.5)
  }

  @Test(
    "Unknown settings are refused at every level",
    arguments: [
      WrongSetting("name: test", "name: test\nnames: 2", "2: names: unknown setting; known ones are name, task,"),
      WrongSetting("  horizon: 2h", "  horizon: 2h\n  horizont: 3h", "5: task.horizont: unknown setting in 'task'"),
      WrongSetting("Median: 0.4", "Median: 0.4\n    q: 1", "7: task.threshold.q: unknown setting in 'task.threshold'"),
      WrongSetting("  windows", "  window: 1h\n  windows", "9: features.window: unknown setting in 'features'"),
      WrongSetting("penalties: [1]", "penalties: [1]\n  penalty: 1", "12: model.penalty: unknown setting in 'model'"),
      WrongSetting("folds: 2", "folds: 2\n  fold: 1", "14: validation.fold: unknown setting in 'validation'"),
      WrongSetting("Skill: 0", "Skill: 0\n  maximum: 1", "16: gate.maximum: unknown setting in 'gate'"),
      WrongSetting(
        "penalties: [1]", "penalties: [1]\n  expansions: [{column: a, kind: square, at: 1}]",
        "12: model.expansions.1.at: unknown setting in 'model.expansions.1'"),
      WrongSetting(
        "  threshold:", "  closeOut: {notional: 1, maintenanceMargin: 10bp, q: 1}\n  threshold:",
        "5: task.closeOut.q: unknown setting in 'task.closeOut'"),
    ])
  func unknown(_ change: WrongSetting) { expectFault(change) }

  @Test(
    "Missing settings are named at their section",
    arguments: [
      WrongSetting("name: test\n", "", "1: name: is missing"),
      WrongSetting("  band: 100bp\n", "", "2: task.band: is missing"),
      WrongSetting("  horizon: 2h\n", "", "2: task.horizon: is missing"),
      WrongSetting("  threshold:\n    relativeToMedian: 0.4\n", "", "2: task.threshold: is missing"),
      WrongSetting("  penalties: [1]\n", "  clip: 1\n", "10: model.penalties: is missing"),
      WrongSetting("  folds: 2", "  seed: 1", "12: validation.folds: is missing"),
      WrongSetting("  minimumSkill: 0", "  {}", "14: gate.minimumSkill: is missing"),
      WrongSetting(
        "  threshold:", "  closeOut: {notional: 1}\n  threshold:", "5: task.closeOut.maintenanceMargin: is missing"),
      WrongSetting(
        "    relativeToMedian: 0.4", "    absolute: {A: {sell: 1}}", "6: task.threshold.absolute.A.buy: is missing"),
    ])
  func missing(_ change: WrongSetting) { expectFault(change) }

  @Test(
    "Values of the wrong type are refused",
    arguments: [
      WrongSetting("name: test", "name: [a]", "1: name: expected a word"),
      WrongSetting("name: test", "name:", "1: name: expected a word"),
      WrongSetting("band: 100bp", "band: 100", "3: task.band: expected a rate in basis points such as 100bp"),
      WrongSetting("horizon: 2h", "horizon: 2", "4: task.horizon: expected a length of time"),
      WrongSetting("horizon: 2h", "horizon: -2h", "4: task.horizon: expected a length of time"),
      WrongSetting("Median: 0.4", "Median: much", "6: task.threshold.relativeToMedian: expected a number"),
      WrongSetting("Median: 0.4", "Median: .nan", "6: task.threshold.relativeToMedian: expected a number"),
      WrongSetting("Median: 0.4", "Median: nan", "6: task.threshold.relativeToMedian: expected a number"),
      WrongSetting("windows: [1h]", "windows: 1h", "9: features.windows: expected a list such as [a, b]"),
      WrongSetting("windows: [1h]", "windows:\n    - 1h\n    - x", "11: features.windows.2: expected a length of time"),
      WrongSetting(
        "penalties: [1]", "penalties: [1]\n  inputs: [a, b, a]", "12: model.inputs.3: 'a' stands twice"),
      WrongSetting("folds: 2", "folds: 2.5", "13: validation.folds: expected a whole number"),
      WrongSetting("folds: 2", "folds: 2\n  seed: -1", "14: validation.seed: expected a whole number from 0"),
      WrongSetting("folds: 2", "folds: 99999999999999999999", "13: validation.folds: expected a whole number"),
      WrongSetting("validation:\n  folds: 2", "validation: [2]", "12: validation: expected settings below this one"),
      WrongSetting("gate:\n  minimumSkill: 0", "gate: 0", "14: gate: expected settings below this one"),
      WrongSetting("  penalties: [1]", "  penalties: [1]\n  clip: off", "12: model.clip: expected none or a number"),
      WrongSetting(
        "  penalties: [1]", "  penalties: [1]\n  clip: 0", "12: model.clip: expected none or a number above 0"),
    ])
  func wrongType(_ change: WrongSetting) { expectFault(change) }

  @Test(
    "Values out of range, and choices that do not exist",
    arguments: [
      WrongSetting("band: 100bp", "band: 0bp", "3: task.band: the band is 0bp"),
      WrongSetting("horizon: 2h", "horizon: 0h", "4: task.horizon: the horizon is 0s"),
      WrongSetting("Median: 0.4", "Median: 0", "6: task.threshold.relativeToMedian: the fraction of the median is 0.0"),
      WrongSetting(
        "  threshold:", "  occupancy: 1.5\n  threshold:", "5: task.occupancy: expected anySnapshot or a share"),
      WrongSetting("  threshold:", "  occupancy: 0\n  threshold:", "5: task.occupancy: the share of time is 0.0"),
      WrongSetting("  threshold:", "  maximumGap: 0s\n  threshold:", "5: task.maximumGap: the longest gap is 0s"),
      WrongSetting(
        "  threshold:", "  minimumSnapshots: 0\n  threshold:", "5: task.minimumSnapshots: 0 is outside 1 to"),
      WrongSetting(
        "    relativeToMedian: 0.4", "    absolute:\n      A: {sell: 1, buy: 1}\n      B: {sell: 1, buy: -1}",
        "8: task.threshold.absolute.B.buy: the buy threshold of B is -1.0"),
      WrongSetting(
        "    relativeToMedian: 0.4", "    absolute: {}", "6: task.threshold.absolute: no market has a depth"),
      WrongSetting(
        "Median: 0.4", "Median: 0.4\n    absolute: {A: {sell: 1, buy: 1}}",
        "6: task.threshold: expected exactly one of relativeToMedian and absolute"),
      WrongSetting("    relativeToMedian: 0.4", "    {}", "6: task.threshold: expected exactly one of"),
      WrongSetting(
        "  threshold:", "  closeOut:\n    notional: 0\n    maintenanceMargin: 10bp\n  threshold:",
        "6: task.closeOut.notional: the notional is 0.0"),
      WrongSetting(
        "  threshold:", "  closeOut:\n    notional: 1\n    maintenanceMargin: 20000bp\n  threshold:",
        "7: task.closeOut.maintenanceMargin: 20000bp is outside"),
      WrongSetting("[50bp, 100bp]", "[50bp]", "8: features.bands: must hold task.band"),
      WrongSetting("[50bp, 100bp]", "[100bp, 100bp]", "8: features.bands: at least one rate"),
      WrongSetting("[50bp, 100bp]", "[]", "8: features.bands: at least one rate"),
      WrongSetting("windows: [1h]", "windows: [0h]", "9: features.windows: at least one length of time"),
      WrongSetting("windows: [1h]", "reach: 50bp", "9: features.reach: must be from task.band"),
      WrongSetting("windows: [1h]", "thinMultiples: [2]", "9: features.thinMultiples: one to four numbers"),
      WrongSetting(
        "windows: [1h]", "fastHalfLife: 2h\n  slowHalfLife: 1h", "10: features.slowHalfLife: must be longer than"),
      WrongSetting("windows: [1h]", "families: [depth, depth]", "9: features.families: at least one is needed"),
      WrongSetting("windows: [1h]", "families: [mood]", "9: features.families.1: 'mood' is not one of depth,"),
      WrongSetting("penalties: [1]", "penalties: []", "11: model.penalties: names no penalty"),
      WrongSetting("penalties: [1]", "penalties: [1, -1]", "11: model.penalties.2: -1.0 is outside 0.0 to"),
      WrongSetting(
        "penalties: [1]", "method: lasso\n  penalties: [1]", "11: model.method: 'lasso' is not one of ridge"),
      WrongSetting(
        "penalties: [1]", "penalties: [1]\n  recencyHalfLife: 0s", "12: model.recencyHalfLife: must be above zero"),
      WrongSetting(
        "penalties: [1]", "penalties: [1]\n  expansions: [{column: a, kind: square}, {column: a, kind: square}]",
        "12: model.expansions: two expansions are the same"),
      WrongSetting("folds: 2", "folds: 0", "13: validation.folds: 0 is outside 1 to 50"),
      WrongSetting(
        "folds: 2", "folds: 2\n  firstTrainingShare: 1", "14: validation.firstTrainingShare: 1.0 is outside"),
      WrongSetting("Skill: 0", "Skill: 2", "15: gate.minimumSkill: 2.0 is outside -1.0 to 1.0"),
      WrongSetting(
        "gate:", "calibration: magic\ngate:", "14: calibration: 'magic' is not one of none, platt, isotonic"),
    ])
  func range(_ change: WrongSetting) { expectFault(change) }
}
