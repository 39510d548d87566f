internal import Boosting
internal import Features
internal import Markets

/// An explanation as tables for a terminal or for Markdown.
public struct ExplanationText {
  private let report: ExplanationReport
  private let style: TextTable.Style

  /// Creates the text of a report.
  public init(_ report: ExplanationReport, style: TextTable.Style = .plain) {
    self.report = report
    self.style = style
  }

  /// What moves the model over the rows, then each named snapshot, each under whether the data was real.
  public func text() -> String {
    ([importance] + report.snapshots.map(table)).joined(separator: "\n")
  }

  private var importance: String {
    let hasTrees = report.importance.contains { $0.trees != nil }
    let columns: [(String, TextTable.Alignment)] = [
      ("input", .left), ("mean |contribution|", .right), ("share", .right), ("mean contribution", .right),
      ("risk as it rises", .left),
    ]
    var table = TextTable(columns + (hasTrees ? [("gain", .right), ("splits", .right)] : []))
    for input in report.importance {
      let trees = [
        Figures.decimal(input.trees?.gain, 1), input.trees.map { Figures.count($0.splits) } ?? Figures.absent,
      ]
      table.append(
        [
          input.feature, Figures.decimal(input.meanAbsolute, 3), Figures.percent(input.share, 1),
          Figures.signed(input.mean, 3), input.direction.words,
        ] + (hasTrees ? trees : []))
    }
    return heading(report.title, report.facts) + table.text(style)
  }

  private func table(_ snapshot: SnapshotExplanation) -> String {
    var table = TextTable([
      ("input", .left), ("value", .right), ("unit", .left), ("contribution", .right), ("running sum", .right),
    ])
    table.append(["base", "", "", "", Figures.decimal(snapshot.base, 4)])
    for step in snapshot.steps {
      table.append([
        step.feature, Figures.decimal(step.value, 4), step.unit, Figures.signed(step.contribution, 4),
        Figures.decimal(step.runningSum, 4),
      ])
    }
    table.append(["log-odds", "", "", "", Figures.decimal(snapshot.logOdds, 4)])
    return heading("\(report.provenance.rawValue) · \(snapshot.title)", [snapshot.facts]) + table.text(style)
  }

  private func heading(_ title: String, _ facts: [String]) -> String {
    switch style {
    case .plain: ([title] + facts).map { $0 + "\n" }.joined()
    case .markdown: (["**\(title)**"] + facts).map { $0 + "\n\n" }.joined()
    }
  }
}

/// The words that the tables and the pictures share.
extension ExplanationReport {
  var title: String { "\(provenance.rawValue) · what moves \(model), \(rows.from) to \(rows.to)" }

  var facts: [String] {
    let markets = rows.markets.map(\.text).joined(separator: ", ")
    let sides = rows.sides.map(\.rawValue).joined(separator: " and ")
    let words = scale == .calibrated ? "log-odds" : "log-odds before calibration"
    return [
      """
      \(Figures.count(rows.count)) rows of \(markets), \(sides), in shortfall at the time or not; \
      \(Figures.count(rows.positives)) of \(Figures.count(rows.known)) with a known outcome positive \
      (prevalence \(Figures.percent(rows.prevalence)))
      """,
      "Contributions to the \(words); with the base \(Figures.decimal(base, 4)) they add up to those of every row, to 1e-9.",
    ]
  }
}

extension SnapshotExplanation {
  var title: String {
    "\(market) \(side.rawValue) at \(time): probability \(Figures.percent(probability)), log-odds \(Figures.decimal(logOdds, 4))"
  }

  var facts: String {
    let asked = time == asked ? "" : "The last book at or before \(asked). "
    let state = inShortfall.map { $0 ? "In shortfall at the time" : "Not in shortfall at the time" }
    let followed = outcome.map { $0 ? "a shortfall followed" : "no shortfall followed" }
    return "\(asked)\(state ?? "Of unknown state at the time"); \(followed ?? "what followed is unknown")."
  }
}
