internal import Markets
public import Validation

/// An evaluation as tables for a terminal or for Markdown.
public struct EvaluationText {
  /// Which rows and markets are shown.
  public enum Detail: Sendable {
    /// All markets together, rows not in shortfall: the headline.
    case headline
    /// Every market and both populations, with reliability and episodes.
    case full
  }

  private let report: EvaluationReport
  private let style: TextTable.Style

  /// Creates the text of a report.
  public init(_ report: EvaluationReport, style: TextTable.Style = .plain) {
    self.report = report
    self.style = style
  }

  /// The tables, each under a line that says what it is about and whether the data was real.
  public func text(_ detail: Detail) -> String {
    var parts = [scores(report.overall.onset, title: "all markets, onset rows (not in shortfall at the time)")]
    guard detail == .full else { return parts.joined(separator: "\n") }
    parts.append(differences(report.overall.onset))
    parts.append(episodes(report.overall.onset))
    if let table = reliability(report.overall.onset) { parts.append(table) }
    parts.append(scores(report.overall.state, title: "all markets, all rows (state)"))
    for market in report.markets.pairs {
      parts.append(scores(market.value.onset, title: "\(market.name), onset rows"))
      parts.append(scores(market.value.state, title: "\(market.name), all rows (state)"))
    }
    return parts.joined(separator: "\n")
  }

  private func scores(_ scores: EvaluationReport.Scores, title: String) -> String {
    var table = TextTable([
      ("scorer", .left), ("average precision", .right), ("ROC area", .right), ("Brier skill", .right),
      ("log loss", .right), ("slope", .right), ("observed/expected", .right),
    ])
    table.append(cells("model", scores.model))
    for baseline in scores.baselines.pairs { table.append(cells(baseline.name, baseline.value)) }
    let facts = """
      \(Figures.count(scores.rows)) rows, \(Figures.count(scores.positives)) positive \
      (prevalence \(Figures.percent(scores.prevalence))), \(scores.episodes.markets) episodes on \(scores.days) days, \
      \(Figures.count(scores.censored)) censored rows left out; training rate \(Figures.percent(scores.referenceRate)); \
      \(Figures.percent(report.bootstrap.level, 0)) day-block intervals
      """
    let warning = scores.evidence.isSufficient ? [] : ["\(scores.evidence)"]
    return heading(title, [facts] + warning) + table.text(style)
  }

  private func cells(_ name: String, _ card: ScoreCard) -> [String] {
    [
      name, interval(card.averagePrecision), interval(card.rocArea), interval(card.brierSkill),
      interval(card.logLoss, 4), interval(card.calibrationSlope, 2), interval(card.observedToExpected, 2),
    ]
  }

  private func interval(_ estimate: Estimate, _ places: Int = 3) -> String {
    guard estimate.value != nil else { return Figures.absent }
    let value = Figures.decimal(estimate.value, places)
    guard estimate.low != nil, estimate.high != nil else { return value }
    return "\(value) [\(Figures.decimal(estimate.low, places)), \(Figures.decimal(estimate.high, places))]"
  }

  private func differences(_ scores: EvaluationReport.Scores) -> String {
    var table = TextTable([
      ("model against", .left), ("average precision", .right), ("ROC area", .right), ("Brier skill", .right),
      ("log loss saved", .right),
    ])
    for (name, difference) in scores.differences.pairs {
      table.append([
        name, interval(difference.averagePrecision), interval(difference.rocArea), interval(difference.brierSkill),
        interval(difference.logLossSkill),
      ])
    }
    return heading(
      "the model less each baseline, onset rows",
      ["On the same resampled days; log loss saved is a share of the baseline's."]) + table.text(style)
  }

  private func episodes(_ scores: EvaluationReport.Scores) -> String {
    var table = TextTable([
      ("scorer", .left), ("alert budget", .left), ("episodes", .right), ("caught", .right), ("recall", .right),
      ("false alarms per market-day", .right), ("time in alert", .right), ("median lead (min)", .right),
    ])
    for (name, card) in [("model", scores.model)] + scores.baselines.pairs.map({ ($0.name, $0.value) }) {
      for episode in card.episodes {
        table.append([
          name, words(episode.budget), Figures.count(episode.episodes), Figures.count(episode.hits),
          Figures.percent(episode.recall, 0), Figures.decimal(episode.falseAlarmsPerMarketDay, 2),
          Figures.percent(episode.shareOfTimeInAlert, 1), Figures.decimal(episode.leadTimes.map { $0.median / 60 }, 0),
        ])
      }
    }
    return heading("episodes of each market and side, onset rows") + table.text(style)
  }

  private func words(_ budget: AlertBudget) -> String {
    switch budget {
    case .threshold(let threshold): "probability from \(Figures.decimal(threshold, 3))"
    case .falseAlarmsPerMarketDay(let limit): "\(Figures.decimal(limit, 1)) false alarms a market-day"
    case .shareOfTime(let limit): "\(Figures.percent(limit, 0)) of the time"
    }
  }

  private func reliability(_ scores: EvaluationReport.Scores) -> String? {
    guard let reliability = scores.model.reliability else { return nil }
    var table = TextTable([
      ("bin", .left), ("rows", .right), ("mean probability", .right), ("observed rate", .right),
    ])
    for (index, bin) in reliability.bins.enumerated() { table.append(cells("\(index + 1)", bin)) }
    if let top = reliability.topPercent { table.append(cells("top 1 %", top)) }
    return heading("reliability of the model, onset rows", [scores.model.brier.map(words)].compactMap(\.self))
      + table.text(style)
  }

  private func words(_ brier: BrierDecomposition) -> String {
    let parts = [brier.score, brier.reliability, brier.resolution, brier.uncertainty, brier.withinBins].map {
      Figures.decimal($0, 5)
    }
    return
      "Brier score \(parts[0]) = reliability \(parts[1]) − resolution \(parts[2]) + uncertainty \(parts[3]) + within bins \(parts[4])"
  }

  private func cells(_ name: String, _ bin: ReliabilityBin) -> [String] {
    [
      name, Figures.count(bin.rows), Figures.percent(bin.meanProbability),
      "\(Figures.percent(bin.observedRate.value)) [\(Figures.percent(bin.observedRate.low)), \(Figures.percent(bin.observedRate.high))]",
    ]
  }

  /// The lines above a table: what it is about and whether the data was real, then the facts.
  private func heading(_ title: String, _ facts: [String] = []) -> String {
    let title = "\(report.provenance.rawValue) · \(title)"
    return switch style {
    case .plain: ([title] + facts).map { $0 + "\n" }.joined()
    case .markdown: (["**\(title)**"] + facts).map { $0 + "\n\n" }.joined()
    }
  }
}
