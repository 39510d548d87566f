import Configuration
import Datasets
import Learning
import Markets
import ModelStore
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("Families are judged honestly")
struct HonestFamilyTests {
  /// What every test starts from, read once.
  private static let shared = Result {
    let configuration = try TrainingConfiguration(
      yaml: SimulatedBooks.training(family: "blend", penalties: "[30]"), file: "simulated.yaml")
    let history = try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), features: configuration.features,
      task: configuration.task, from: .distantPast, thresholds: .fitted)
    return (configuration: configuration, dataset: history.dataset)
  }

  private let configuration: TrainingConfiguration
  private let dataset: Dataset

  init() throws { (configuration, dataset) = try Self.shared.get() }

  private func run(_ dataset: Dataset) throws -> WalkForwardRun {
    try WalkForwardRun(try TrainingRows(dataset, configuration: configuration), configuration: configuration)
  }

  @Test("the weight that judges a fold knows nothing of the fold's own outcomes nor of later ones")
  func weightsAreOutOfFold() throws {
    let rows = try TrainingRows(dataset, configuration: configuration)
    let folds = try WalkForwardFold.all(of: rows, configuration: configuration)
    let truth = try run(dataset)
    let weights = try #require(truth.blend).judgedWeights
    #expect(weights.count == folds.count)
    #expect(weights.first == BlendSearch.evenWeight)
    for fold in folds.indices {
      var events = dataset.events
      for row in folds[fold].test { events[row] = events[row].map { !$0 } }
      let planted = try run(try dataset.replacing(events: events))
      let blend = try #require(planted.blend)
      #expect(Array(blend.judgedWeights[...fold]) == Array(weights[...fold]), "fold \(fold)")
      // What is planted does reach the final model's weight, and the loss of the fold itself.
      #expect(blend.search != truth.blend?.search, "fold \(fold)")
      for (planted, truth) in zip(planted.comparison.scores, truth.comparison.scores) {
        #expect(planted.foldLosses[fold] != truth.foldLosses[fold])
        #expect(Array(planted.foldLosses[..<fold]) == Array(truth.foldLosses[..<fold]), "fold \(fold)")
      }
    }
  }

  @Test("the final weight has the least loss over the rows that calibrators learn from")
  func finalWeight() throws {
    let blend = try #require(try run(dataset).blend)
    let least = try #require(blend.search.map(\.logLoss).min())
    #expect(blend.search.first { $0.logLoss == least }?.boostedWeight == blend.boostedWeight)
  }

  @Test(
    "the comparison's loss of the picked family is that of the walk-forward's report", arguments: ["none", "platt"])
  func lossesAgree(_ calibration: String) throws {
    for family in ["boosting", "best"] {
      let configuration = try TrainingConfiguration(
        yaml: SimulatedBooks.training(calibration: calibration, family: family), file: "simulated.yaml")
      let run = try WalkForwardRun(
        try TrainingRows(dataset, configuration: configuration), configuration: configuration)
      let picked = try #require(run.comparison.scores.first { $0.family == run.comparison.picked })
      let scores = try run.report().overall.onset
      #expect(abs(try #require(scores.model.logLoss.value) - picked.logLoss) < 1e-12, "\(family)")
      #expect(scores.rows == run.comparison.rows && scores.positives == run.comparison.positives)
      #expect(run.comparison.scores.map(\.family) == configuration.model.family.judged)
    }
  }

  @Test("rows that end growing early are the last in time, and no label of the others reaches into them")
  func stoppingSlice() throws {
    let rows = try TrainingRows(dataset, configuration: configuration)
    let slice = try #require(StoppingSlice(of: rows.fitted, in: rows, share: 0.4))
    let start = try #require(slice.watched.map { dataset.times[$0] }.min())
    let share = Double(slice.watched.count) / Double(rows.fitted.count)
    #expect(abs(share - 0.4) < 0.01)
    #expect(slice.fitted.count { dataset.informationEnds[$0] >= start } == 0)
    let used = Set(slice.fitted).union(slice.watched)
    #expect(used.count == slice.fitted.count + slice.watched.count)
    for row in rows.fitted where !used.contains(row) {
      #expect(dataset.times[row] < start && dataset.informationEnds[row] >= start)
    }
  }

  @Test("without an event among the rows to watch, no slice is made")
  func stoppingSliceWithoutEvents() throws {
    let rows = try TrainingRows(dataset, configuration: configuration)
    let quiet = rows.fitted.filter { dataset.events[$0] == false }
    let middle = quiet.count / 2
    let lastQuiet = quiet[middle...].map(\.self)
    let first = try #require(lastQuiet.first)
    #expect(StoppingSlice(of: rows.fitted.filter { $0 < first } + lastQuiet, in: rows, share: 0.05) == nil)
    #expect(StoppingSlice(of: [], in: rows, share: 0.2) == nil)
  }
}
