internal import Labels
public import Markets
public import ModelStore
internal import Validation

/// Quantiles of the close-out loss beside what followed, as a table.
public struct CloseOutText {
  private let evaluation: CloseOutEvaluation
  private let closeOut: CloseOut
  private let task: ShortfallTask
  private let provenance: Provenance
  private let style: TextTable.Style

  /// Creates the text of a model's evaluation; nil when its task names no liquidation.
  public init?(
    _ evaluation: CloseOutEvaluation, of artefact: ModelArtefact, provenance: Provenance,
    style: TextTable.Style = .plain
  ) {
    guard let closeOut = artefact.task.closeOut else { return nil }
    self.evaluation = evaluation
    self.closeOut = closeOut
    task = artefact.task
    self.provenance = provenance
    self.style = style
  }

  /// The table under a line that says what it is about and whether the data was real.
  public func text() -> String {
    let title =
      "\(provenance.rawValue) · quantiles of the close-out loss of \(Figures.amount(closeOut.notional)) within \(task.horizon), rows in any state"
    let lines = [style == .markdown ? "**\(title)**" : title, facts]
    let end = style == .markdown ? "\n\n" : "\n"
    return lines.map { $0 + end }.joined() + (evaluation.scores.isEmpty ? "" : table.text(style))
  }

  private var facts: String {
    guard let first = evaluation.scores.first else { return "no row of known loss" }
    return """
      \(Figures.count(first.rows)) rows on \(first.days) days; pinball loss and quantiles in basis points of notional; \
      day-block intervals; the model goes by '\(evaluation.chosen.rawValue)'
      """
  }

  private var table: TextTable {
    var table = TextTable([
      ("level", .right), ("route", .left), ("pinball loss", .right), ("saved against unconditional", .right),
      ("coverage", .right), ("mean quantile", .right),
    ])
    for score in evaluation.scores {
      table.append([
        Figures.percent(score.level, 1), score.forecaster, Figures.interval(score.pinball, scale: 1e4, places: 3),
        score.forecaster == CloseOutRoute.unconditional.rawValue
          ? Figures.absent : Figures.interval(score.pinballSaved, scale: 100, places: 1, unit: " %"),
        Figures.interval(score.coverage, scale: 100, places: 2, unit: " %"),
        Figures.interval(score.mean, scale: 1e4, places: 1),
      ])
    }
    return table
  }
}
