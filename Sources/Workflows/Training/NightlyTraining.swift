public import Configuration
internal import Datasets
internal import Features
internal import Foundation
internal import Labels
internal import Learning
internal import LinearAlgebra
public import Markets
public import ModelStore
internal import Reporting
internal import Validation

/// The nightly job: recorded books in, a validated model with its card out.
///
/// Steps: read and label the window; judge every family of model and the baselines on the same purged walk-forward folds;
/// pick a family; calibrate; fit everything to the whole window; decide whether it may be promoted.
public struct NightlyTraining {
  /// What became of a candidate.
  public enum Outcome: Sendable {
    /// It is the current model now; the path is its directory.
    case promoted(String)
    /// It was saved, and the current model stays, for a reason that can follow a colon.
    case refused(String, reason: String)
  }

  private let configuration: TrainingConfiguration
  private let threads: Int

  /// Creates the job.
  ///
  /// - Parameter threads: The number of threads that grow trees, which never changes the model; nil uses every core.
  public init(_ configuration: TrainingConfiguration, threads: Int? = nil) {
    self.configuration = configuration
    self.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// Trains on the window from `from`, included, to `to`, excluded; nil means from the first, to the last snapshot.
  ///
  /// The recording must end before `to`: labels that would look past it are censored.
  ///
  /// - Throws: `TrainingFailure` when the window does not suffice; the errors of reading.
  public func run(
    recording: Recording, from: Timestamp? = nil, to: Timestamp? = nil, talk: any Talk = Silence()
  ) throws -> StoredModel {
    let window = try TrainingWindow(recording, configuration: configuration, from: from, talk: talk)
    let (history, rows, period) = (window.history, window.rows, window.period)
    talk.step("walk-forward over \(configuration.validation.folds) folds")
    let walkForward = try WalkForwardRun(
      rows, configuration: configuration, labels: history.foldLabels, threads: threads)
    talk.step("\(walkForward.summary); fitting the window")
    let fit = try FamilyFit(walkForward, of: rows)
    let report = try walkForward.report()
    let closeOut = try CloseOutTraining(configuration, threads: threads)?
      .run(rows, ladder: history.ladder, labels: history.foldLabels, talk: talk)
    let record = TrainingRecord(
      from: from ?? period.first, to: to ?? period.last, files: history.files, snapshots: history.snapshotCount,
      rows: rows.fitted.count, positives: rows.positiveCount, censored: rows.censoredCount, rates: rows.rates,
      linearAlgebraProvider: providerName, families: walkForward.comparison, linear: fit.linear,
      boosting: fit.boosting, blend: fit.blend, walkForward: report,
      gate: walkForward.gate(report, minimumSkill: configuration.minimumSkill))
    let artefact = ModelArtefact(
      name: configuration.name, provenance: rows.provenance, task: configuration.task, thresholds: history.thresholds,
      features: configuration.features, schema: history.dataset.schema, groups: rows.groups, inputs: rows.inputs,
      classifier: fit.classifier, calibrator: try walkForward.calibrator(),
      interval: try walkForward.interval(talk: talk), closeOut: closeOut,
      baselines: try rows.baselines(fittedTo: rows.fitted, state: rows.known),
      origin: .trained(record))
    return StoredModel(
      artefact: artefact, card: ModelCard(artefact).markdown(), configuration: configuration.text)
  }

  /// Saves a candidate and promotes it when it passed its gate, which an imported model never has.
  public static func publish(_ candidate: StoredModel, in directory: String) throws(StoreFailure) -> Outcome {
    let repository = ModelRepository(directory: directory)
    let path = try repository.save(candidate)
    switch candidate.artefact.origin {
    case .trained(let training) where training.gate.isPassed:
      try repository.promote(path)
      return .promoted(path)
    case .trained(let training):
      return .refused(path, reason: "\(training.gate)")
    case .imported:
      return .refused(path, reason: "nothing has judged an imported model")
    }
  }
}
