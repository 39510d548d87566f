public import Configuration
internal import Datasets
internal import Foundation
internal import Labels
public import Markets
public import ModelStore
internal import Validation

/// The search for settings of trees inside a training window: trials drawn from the configured space, each judged by the
/// purged walk-forward of training, each kept in a journal before the next begins.
public struct TuningRun {
  /// When a search ends.
  public struct Limits {
    /// The number of trials, those of the journal included; nil sets no bound.
    public let trials: Int?
    /// Asked before every fold: why the search ends now, losing the trial that is running, or nil.
    public let end: () -> SearchRecord.End?

    /// Creates limits.
    public init(trials: Int?, end: @escaping () -> SearchRecord.End?) {
      self.trials = trials
      self.end = end
    }
  }

  private let configuration: TrainingConfiguration
  private let threads: Int

  /// Creates a search.
  ///
  /// - Parameter threads: The number of threads that grow trees, which never changes a result; nil uses every core.
  public init(_ configuration: TrainingConfiguration, threads: Int? = nil) {
    self.configuration = configuration
    self.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// Searches on the window from `from`, included, to `to`, excluded, continuing the journal where there is one.
  ///
  /// - Parameters:
  ///   - path: The journal's file; it is created where it does not exist.
  ///   - finished: Told of every trial as it is finished, and of the best so far.
  /// - Throws: `TrainingFailure` when the window does not suffice; `StoreFailure` when the journal is of another run,
  ///   damaged or cannot be written; the errors of reading.
  public func run(
    recording: Recording, from: Timestamp? = nil, to: Timestamp? = nil, journal path: String, limits: Limits,
    talk: any Talk = Silence(), finished: (TrialRecord, _ best: TrialRecord) -> Void = { _, _ in }
  ) throws -> SearchRecord {
    let window = try TrainingWindow(recording, configuration: configuration, from: from, talk: talk)
    let journal = try TrialJournal(
      path: path,
      of: SearchIdentity(
        configuration: configuration.text, files: window.history.files, from: from, to: to,
        seed: configuration.search.seed))
    if journal.hadTornLine { talk.step("\(path): the last line was torn and is dropped; its trial is run again") }
    let folds = try WalkForwardFold.all(
      of: window.rows, configuration: configuration, labels: window.history.foldLabels)
    var sequence = TrialSequence(configuration.search, from: configuration.model.boosting.learner)
    try replay(journal, &sequence, folds)
    talk.step(
      "\(folds.count) folds usable"
        + (journal.trials.isEmpty ? "" : ", continuing after \(journal.trials.count) trials of \(path)"))
    let references = try SearchReference.all(on: folds, configuration: configuration)
    let judge = TrialJudge(folds: folds, configuration: configuration, threads: threads)
    let end = try search(journal, &sequence, judge, limits, finished)
    return SearchRecord(
      name: configuration.name, provenance: window.rows.provenance, from: from ?? window.period.first,
      to: to ?? window.period.last, judged: judged(folds), trials: journal.trials, references: references,
      discardMargin: TrialJudge.discardMargin, end: end)
  }

  /// Draws the trials of a journal again, so that the next one is the one that an uninterrupted run would have drawn.
  private func replay(
    _ journal: TrialJournal, _ sequence: inout TrialSequence, _ folds: [WalkForwardFold]
  ) throws(StoreFailure) {
    let rows = folds.map(\.judgedPositions.count)
    for trial in journal.trials {
      guard let drawn = sequence.next(), drawn == (trial.number, trial.settings), trial.folds == rows.count,
        trial.losses.rows == Array(rows.prefix(trial.losses.rows.count))
      else {
        throw .malformed(path: journal.path, reason: "trial \(trial.number) is not one that this search makes")
      }
    }
  }

  private func search(
    _ journal: TrialJournal, _ sequence: inout TrialSequence, _ judge: TrialJudge, _ limits: Limits,
    _ finished: (TrialRecord, TrialRecord) -> Void
  ) throws -> SearchRecord.End {
    var best = journal.trials.best
    while true {
      if let trials = limits.trials, journal.trials.count >= trials { return .trials }
      if let end = limits.end() { return end }
      guard let (number, settings) = sequence.next() else { return .exhausted }
      var end: SearchRecord.End?
      let trial = try judge.judge(number, settings, against: best) {
        end = limits.end()
        return end != nil
      }
      guard let trial else { return end ?? .request }
      try journal.append(trial)
      best = journal.trials.best
      finished(trial, best ?? trial)
    }
  }

  private func judged(_ folds: [WalkForwardFold]) -> SearchRecord.Judged {
    let rows = folds.flatMap { fold in fold.test.map(fold.rows.evaluationRow) }
    let definition = EpisodeDefinition(horizon: configuration.task.informationSpan)
    return SearchRecord.Judged(
      rows: folds.reduce(0) { $0 + $1.judgedPositions.count },
      evidence: Evidence(in: rows, population: .onset, gap: definition.gap), folds: folds.count)
  }
}
