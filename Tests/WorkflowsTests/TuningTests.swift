import Boosting
import Configuration
import Datasets
import Foundation
import Markets
import ModelStore
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("A search over settings of trees")
struct TuningTests {
  private static let text =
    SimulatedBooks.training(
      family: "boosting", boosting: "{rounds: 8, leaves: 4, minimumRows: 40, bins: 31}", penalties: "[10]")
      + """

      search:
        seed: 4
        leaves: [2, 4, 6]
        learningRate: {from: 0.02, to: 0.9, scale: log}
        l2: {from: 0.1, to: 50, scale: log}
      """

  private let configuration: TrainingConfiguration

  init() throws {
    configuration = try TrainingConfiguration(yaml: Self.text, file: "tuned.yaml")
  }

  private func search(
    _ journal: String, trials: Int?, threads: Int = 2, end: @escaping () -> SearchRecord.End? = { nil },
    finished: (TrialRecord, TrialRecord) -> Void = { _, _ in }
  ) throws -> SearchRecord {
    try TuningRun(configuration, threads: threads).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split,
      journal: journal, limits: TuningRun.Limits(trials: trials, end: end), finished: finished)
  }

  @Test("stopped at any fold and run again, it gives the bytes of a search that was never stopped")
  func resumed() throws {
    let whole = Scratch.path("whole.jsonl")
    var told: [Int] = []
    let uninterrupted = try search(
      whole, trials: 5,
      finished: { trial, best in
        told.append(trial.number)
        #expect(best.losses.mean <= trial.losses.mean || !trial.isComplete)
      })
    #expect(uninterrupted.end == .trials)
    #expect(told == uninterrupted.trials.map(\.number))

    let parts = Scratch.path("parts.jsonl")
    var asked = 0
    var counts: [Int] = []
    // Each run is allowed five folds more, which ends it in the middle of a trial.
    for limit in 1...20 where counts.last != 5 {
      asked = 0
      let record = try search(
        parts, trials: 5, threads: limit % 2 + 1,
        end: {
          asked += 1
          return asked > 7 ? .request : nil
        })
      counts.append(record.trials.count)
      #expect(record.trials == Array(uninterrupted.trials.prefix(record.trials.count)))
      #expect(record.end == (record.trials.count == 5 ? .trials : .request))
    }
    #expect(counts.last == 5)
    #expect(counts.count > 2)
    #expect(try Data(contentsOf: URL(filePath: parts)) == Data(contentsOf: URL(filePath: whole)))
  }

  @Test("the first trial is the configuration, judged as training judges it")
  func firstTrial() throws {
    let record = try search(Scratch.path("first.jsonl"), trials: 1)
    let trial = try #require(record.trials.first)
    #expect(trial.settings == configuration.model.boosting.learner)
    let recording = try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split)
    let model = try NightlyTraining(configuration, threads: 1).run(recording: recording, to: SimulatedBooks.split)
    let training = model.artefact.training
    #expect(training.families.scores.map(\.foldLosses) == [trial.losses.losses])
    #expect(training.families.rows == record.judged.rows)
    #expect(training.families.positives == record.judged.evidence.positives)
    #expect(training.walkForward.overall.onset.evidence == record.judged.evidence)
    // The reference is the baseline that the gate compares with.
    let baseline = try #require(record.references.last)
    #expect(baseline.name == "baseline " + training.gate.bestBaseline)
    let scores = training.walkForward.overall.onset.baselines.pairs
    let loss = try #require(scores.first { $0.name == training.gate.bestBaseline }?.value.logLoss.value)
    #expect(abs(baseline.losses.mean - loss) < 1e-12)
    #expect(record.references.count == 2)
  }

  @Test("every draw stays inside the space, and a hopeless trial ends early by the stated rule")
  func discarded() throws {
    let record = try search(Scratch.path("draws.jsonl"), trials: 10)
    var best: TrialRecord?
    for trial in record.trials {
      #expect([2, 4, 6].contains(trial.settings.leaves))
      #expect((0.02...0.9).contains(trial.settings.learningRate))
      let judged = trial.losses.losses.count
      #expect(judged == trial.folds || 2 * judged >= trial.folds)
      if let best, judged < trial.folds {
        #expect(trial.losses.mean > 1.1 * best.losses.prefix(judged).mean)
      }
      if trial.isComplete, trial.losses.mean < best?.losses.mean ?? .infinity { best = trial }
    }
    #expect(record.trials.best == best)
    #expect(record.trials.contains { !$0.isComplete })
  }

  @Test(
    "no trial learns from a row whose label overlaps the fold that it is judged on, under the fold's own thresholds")
  func purge() throws {
    let history = try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file]), features: configuration.features, task: configuration.task,
      from: .distantPast, thresholds: .fitted)
    let rows = try TrainingRows(history.dataset, configuration: configuration)
    let folds = try WalkForwardFold.all(
      of: rows, configuration: configuration, labels: .fittedBeforeEachFold(history))
    #expect(folds.count == 3)
    for fold in folds {
      let dataset = fold.rows.dataset
      let start = try #require(fold.test.map { dataset.times[$0] }.min())
      let learnt = fold.fitted
      #expect(learnt.count > 300)
      #expect(learnt.allSatisfy { fold.rows.isFitted($0) && dataset.informationEnds[$0] < start })
      // Ending early watches the last of them; its labels do not reach the others' either.
      let slice = try #require(StoppingSlice(of: learnt, in: fold.rows, share: 0.3))
      let watchStart = try #require(slice.watched.map { dataset.times[$0] }.min())
      #expect(slice.fitted.allSatisfy { dataset.informationEnds[$0] < watchStart })
      #expect(Set(slice.fitted + slice.watched).isSubset(of: Set(learnt)))
    }
  }

  @Test("a journal whose trials this search would not make is refused")
  func foreignTrials() throws {
    let path = Scratch.path("foreign.jsonl")
    _ = try search(path, trials: 2)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacingOccurrences(of: "\"number\":2", with: "\"number\":3")
    #expect(changed != text)
    try Data(changed.utf8).write(to: URL(filePath: path))
    let failure = #expect(throws: StoreFailure.self) { try search(path, trials: 2) }
    #expect(failure == .malformed(path: path, reason: "trial 3 is not one that this search makes"))
  }
}
