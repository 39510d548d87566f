internal import Markets
public import Validation

/// What following outcomes was worth, as tables.
public struct FollowingText {
  private let report: FollowingReport
  private let subject: String
  private let style: TextTable.Style

  /// Creates the text.
  ///
  /// - Parameter subject: What the quantiles are of, such as the loss of closing out a size.
  public init(_ report: FollowingReport, subject: String, style: TextTable.Style = .plain) {
    self.report = report
    self.subject = subject
    self.style = style
  }

  /// The tables, each under a line that says what it is about and whether the data was real.
  public func text() -> String {
    [coverage, months, probabilities].compactMap(\.self).joined(separator: "\n")
  }

  private func titled(_ title: String, _ fact: String, _ table: TextTable?) -> String {
    let words = "\(report.provenance.rawValue) · \(title)"
    let lines = [style == .markdown ? "**\(words)**" : words, fact]
    let end = style == .markdown ? "\n\n" : "\n"
    return lines.map { $0 + end }.joined() + (table?.text(style) ?? "")
  }

  private var coverage: String? {
    if report.coverage.isEmpty { return nil }
    var table = TextTable([
      ("level", .right), ("market", .left), ("side", .left), ("rows", .right), ("days", .right),
      ("coverage, fixed", .right), ("coverage, adaptive", .right), ("off", .right), ("mean, fixed", .right),
      ("mean, adaptive", .right),
    ])
    for figures in report.coverage {
      let (market, side) =
        switch figures.scope {
        case .side(let market, let side): (market.text, side.rawValue)
        case .all, .month: ("all", "both")
        }
      let off = figures.adapted.value.map { ($0 - figures.level) * 100 }
      table.append([
        Figures.percent(figures.level, 1), market, side, Figures.count(figures.rows), "\(figures.days)",
        Figures.interval(figures.fixed, scale: 100, places: 2, unit: " %"),
        Figures.interval(figures.adapted, scale: 100, places: 2, unit: " %"), Figures.signed(off, 2),
        Figures.decimal(figures.fixedMean.value.map { $0 * 1e4 }, 1),
        Figures.decimal(figures.adaptedMean.value.map { $0 * 1e4 }, 1),
      ])
    }
    return titled(
      "coverage of \(subject), as said",
      "Day-block intervals; \"off\" is the adaptive coverage less its level, in points; means in basis points of notional.",
      table)
  }

  private var months: String? {
    if report.months.isEmpty { return nil }
    var table = TextTable([
      ("month", .left), ("level", .right), ("rows", .right), ("days", .right), ("coverage, fixed", .right),
      ("coverage, adaptive", .right),
    ])
    for figures in report.months {
      guard case .month(let month) = figures.scope else { continue }
      table.append([
        month, Figures.percent(figures.level, 1), Figures.count(figures.rows), "\(figures.days)",
        Figures.interval(figures.fixed, scale: 100, places: 2, unit: " %"),
        Figures.interval(figures.adapted, scale: 100, places: 2, unit: " %"),
      ])
    }
    return titled("the same month by month", "All markets and both sides; day-block intervals.", table)
  }

  private var probabilities: String? {
    guard let figures = report.probabilities else { return nil }
    let prevalence = Double(figures.positives) / Double(max(1, figures.rows))
    let fact = """
      \(Figures.count(figures.rows)) rows of known outcome, \(Figures.percent(prevalence)) of them shortfalls; \
      \(Figures.count(figures.recalibratedRows)) were recalibrated\(figures.recalibratedRows > 0 ? ":" : ".")
      """
    guard figures.recalibratedRows > 0 else { return titled("probability of a shortfall", fact, nil) }
    var table = TextTable([
      ("probabilities", .left), ("mean", .right), ("log loss", .right), ("saved", .right),
    ])
    table.append(["observed", Figures.interval(figures.rate, scale: 100, places: 2, unit: " %")])
    table.append([
      "as said", Figures.interval(figures.fixedMean, scale: 100, places: 2, unit: " %"),
      Figures.interval(figures.fixedLoss, scale: 1, places: 4), Figures.absent,
    ])
    table.append([
      "recalibrated", Figures.interval(figures.adaptedMean, scale: 100, places: 2, unit: " %"),
      Figures.interval(figures.adaptedLoss, scale: 1, places: 4),
      Figures.interval(figures.saved, scale: 100, places: 1, unit: " %"),
    ])
    return titled("probability of a shortfall", fact, table)
  }
}
