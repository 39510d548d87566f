public import Backtesting
internal import Foundation
public import Markets

/// What a back-test found, as text, CSV and JSON.
public struct BacktestText {
  private let report: BacktestReport

  /// Creates the text of a report.
  public init(_ report: BacktestReport) {
    self.report = report
  }

  /// Tables that fit a terminal or a Markdown page, each under a line that says whether the data was real.
  public func text(_ style: TextTable.Style = .plain) -> String {
    let bold = style == .markdown ? "**" : ""
    let tables = BacktestTables(report).sections.map { section in
      "\(bold)\(report.provenance.rawValue) · \(section.title)\(bold)\n\(style == .markdown ? "\n" : "")"
        + section.table.text(style)
    }
    return ([heading] + tables).joined(separator: "\n")
  }

  /// The report as JSON with sorted keys, ended by a line end.
  ///
  /// - Throws: What the encoder throws for numbers that JSON does not know; a report holds none.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
  }

  /// One line for each judged snapshot's side under a header: what was seen, what every policy asked, what followed.
  public func csv() -> String {
    var text = "provenance,time,market,side,mid,depth,probability,loss"
    for policy in report.policies { text += "," + CSVCell.text(policy.policy) }
    text += "\n"
    for series in report.series {
      for row in series.times.indices {
        var cells = [
          report.provenance.rawValue, series.times[row].description, CSVCell.text(series.market.text),
          series.side.rawValue,
        ]
        cells += [
          series.mids[row], series.depths[row], series.probabilities[row] ?? .nan, series.losses[row] ?? .nan,
        ].map(CSVCell.number)
        cells += series.margins.map { CSVCell.number($0[row]) }
        text += cells.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  /// For each market's side every snapshot of a window: what each policy asked, and the loss that followed, in basis points of
  /// notional.
  ///
  /// A margin that the loss exceeded is marked with `!`. Empty when no snapshot lies in the window.
  public func snapshots(from start: Timestamp, to end: Timestamp, _ style: TextTable.Style = .plain) -> String {
    let bold = style == .markdown ? "**" : ""
    return report.series.compactMap { series in
      let rows = series.times.indices.filter { series.times[$0] >= start && series.times[$0] < end }
      if rows.isEmpty { return nil }
      var table = TextTable(
        [("time", .left), ("probability", .right)] + report.policies.map { ($0.policy, .right) }
          + [("loss that followed", .right)])
      for row in rows {
        let margins = series.margins.map { margins in
          Figures.decimal(margins[row] * 1e4, 1) + ((series.losses[row] ?? -.infinity) > margins[row] ? " !" : "")
        }
        table.append(
          [series.times[row].description, Figures.percent(series.probabilities[row])] + margins
            + [Figures.decimal(series.losses[row].map { $0 * 1e4 }, 1)])
      }
      return """
        \(bold)\(report.provenance.rawValue) · \(series.market) \(series.side.rawValue), basis points of notional\(bold)
        \(style == .markdown ? "\n" : "")\(table.text(style))
        """
    }.joined(separator: "\n")
  }

  private var heading: String {
    let setting = report.setting
    return """
      \(report.provenance.rawValue) · \(setting.model), \(setting.from) to \(setting.to): \
      \(Figures.count(setting.snapshots)) snapshots, \(Figures.count(setting.known)) with a known loss, \(setting.days) days
      Closing out \(Figures.amount(setting.headlineNotional)) within \(setting.horizon), aimed at \
      \(Figures.percent(setting.target, 1)) of losses within the margin; \(setting.training); policy \(setting.policy).
      Margins and shortfalls in basis points of notional; 95 % day-block intervals in brackets.
      \(setting.notes.joined(separator: "\n"))

      """
  }
}
