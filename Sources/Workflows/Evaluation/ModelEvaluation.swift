public import Markets
public import ModelStore
public import Validation

/// A stored model judged on later data, never refitted.
public enum ModelEvaluation {
  /// The scores of the model and of each baseline on a scored recording.
  ///
  /// - Throws: `EvaluationFailure` when the rows cannot be judged.
  public static func report(
    on recording: ScoredRecording, of artefact: ModelArtefact, bootstrap: DayBlockBootstrap = DayBlockBootstrap()
  ) throws -> EvaluationReport {
    let run = EvaluationRun(
      task: artefact.task, provenance: recording.provenance, rates: artefact.origin.rates, bootstrap: bootstrap)
    return try run.report(
      recording.rows.map(\.judged), model: recording.rows.map(\.probability),
      baselines: recording.baselineNames.enumerated().map { index, name in
        (name, recording.rows.map { $0.baselines[index] })
      })
  }
}

extension ModelEvaluation {
  /// The scores of both routes to the close-out loss and of the baseline on a scored recording; nil for a model without
  /// them.
  public static func closeOut(
    on recording: ScoredRecording, of artefact: ModelArtefact, bootstrap: DayBlockBootstrap = DayBlockBootstrap()
  ) -> CloseOutEvaluation? {
    guard let model = artefact.closeOut, let forecasts = recording.closeOut else { return nil }
    return CloseOutEvaluation(chosen: model.chosen, scores: forecasts.scores(bootstrap: bootstrap))
  }
}

/// Why a model could not be judged.
public enum EvaluationFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// No book in the window belongs to a market that is known; the last book that was read has this instant.
  case noRows(lastBook: Timestamp?)
  /// The rows or predictions cannot be judged; the text says why.
  case unusable(String)

  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .noRows(let last?):
      "no book in the window belongs to a market that the model knows; the last book that was read is of \(last)"
    case .noRows(nil): "no book was read"
    case .unusable(let reason): "the rows cannot be judged: \(reason)"
    }
  }
}
