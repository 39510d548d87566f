internal import Markets
public import Reporting
public import Validation

/// The picture of an evaluation: the model and some of its baselines on all markets' onset rows.
public enum EvaluationPicture {
  /// Draws a report beside the curves of the rows that it judges.
  ///
  /// - Parameter baselines: The baselines that are shown; when empty, the one with the lowest log loss.
  /// - Throws: `EvaluationPictureFailure` when a baseline is not in the report.
  public static func chart(
    of report: EvaluationReport, on recording: ScoredRecording, model: String, baselines: [String] = []
  ) throws(EvaluationPictureFailure) -> ReliabilityChart {
    let known = report.overall.onset.baselines.names
    for name in baselines where !known.contains(name) { throw .unknownBaseline(name, known: known) }
    let strongest = report.overall.onset.strongestBaseline.map { [$0] } ?? []
    let shown = baselines.isEmpty ? strongest : baselines
    let rows = recording.rows.filter { Population.onset.contains($0.judged) && $0.judged.outcome != nil }
    let outcomes = rows.map { $0.judged.outcome == true }
    var curves = [("model", PrecisionRecallCurve(scores: rows.map(\.probability), outcomes: outcomes))]
    for (index, name) in recording.baselineNames.enumerated() where shown.contains(name) {
      curves.append((name, PrecisionRecallCurve(scores: rows.map { $0.baselines[index] }, outcomes: outcomes)))
    }
    return ReliabilityChart(report, model: model, baselines: shown, curves: NamedValues(curves))
  }
}

/// Why an evaluation cannot be drawn as asked.
public enum EvaluationPictureFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The report has no baseline of this name; it has these.
  case unknownBaseline(String, known: [String])

  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .unknownBaseline(let name, let known):
      "there is no baseline '\(name)'; there are \(known.joined(separator: ", "))"
    }
  }
}
