internal import Markets
internal import Validation

/// A monitor's report as tables for a terminal or for Markdown.
public struct MonitorText {
  private let report: MonitorReport
  private let style: TextTable.Style

  /// Creates the text of a report.
  public init(_ report: MonitorReport, style: TextTable.Style = .plain) {
    self.report = report
    self.style = style
  }

  /// The tables, each under a line that says what it is about and whether the markets were recorded.
  public func text() -> String {
    let parts =
      [models(), calibration(), reliability(), alerts(), coverage(), drift()] + [
        monitors(), challenger(), margins(), limits(),
      ]
    return parts.compactMap(\.self).joined(separator: "\n")
  }

  private func models() -> String {
    var table = TextTable([
      ("model", .left), ("role", .left), ("digest", .left), ("from line", .right), ("rows", .right),
    ])
    for model in report.models {
      table.append([
        model.name, model.role, Self.short(model.digest), Figures.count(model.firstLine),
        Figures.count(model.rows),
      ])
    }
    let counts = report.counts
    let censored = counts.censored.pairs.map { "\(Figures.count($0.value)) \($0.name)" }.joined(separator: ", ")
    return heading(
      "what was said from \(report.first) to \(report.last)",
      [
        """
        \(Figures.count(counts.rows)) rows (an instant, market and side each): \(Figures.count(counts.matured)) matured, \
        \(Figures.count(counts.pending)) pending, censored: \(censored.isEmpty ? "none" : censored); \
        \(Figures.count(counts.warming)) while a market warmed up, which are judged nowhere
        """,
        "Only matured labels are judged.",
      ]) + table.text(style)
  }

  /// As much of a digest as tells models apart.
  private static func short(_ digest: String) -> String { String(digest.prefix(12)) }

  private func calibration() -> String {
    var table = TextTable([
      ("rows", .left), ("matured", .right), ("positive", .right), ("prevalence", .right), ("episodes", .right),
      ("observed/expected", .right), ("slope", .right), ("intercept", .right), ("log loss", .right),
      ("Brier skill", .right), ("average precision", .right),
    ])
    let overall = report.evaluation.overall
    table.append(cells("all markets, onset", overall.onset))
    table.append(cells("all markets, all rows", overall.state))
    for market in report.evaluation.markets.pairs { table.append(cells("\(market.name), onset", market.value.onset)) }
    let split = report.interventions
    let interventions = """
      onset rows with a margin of ours in force: \(words(split.with)); without: \(words(split.without))
      """
    return heading(
      "the champion's probabilities beside what followed",
      [
        """
        onset rows are those not in shortfall; training rate \(Figures.percent(overall.onset.referenceRate)); \
        \(Figures.percent(report.evaluation.bootstrap.level, 0)) day-block intervals over \(overall.onset.days) days
        """, interventions,
      ] + gates()) + table.text(style)
  }

  private func words(_ part: InterventionSplit.Part) -> String {
    """
    \(Figures.count(part.rows)) rows, \(Figures.count(part.positives)) positive, \(Figures.decimal(part.expected, 1)) \
    expected
    """
  }

  private func cells(_ name: String, _ scores: EvaluationReport.Scores) -> [String] {
    let card = scores.model
    return [
      name, Figures.count(scores.rows), Figures.count(scores.positives), Figures.percent(scores.prevalence),
      Figures.count(scores.episodes.markets),
    ]
      + [(card.observedToExpected, 2), (card.calibrationSlope, 2), (card.calibrationIntercept, 2), (card.logLoss, 4)]
      .map { Figures.interval($0.0, scale: 1, places: $0.1) }
      + [card.brierSkill, card.averagePrecision].map { Figures.interval($0, scale: 1, places: 3) }
  }

  private func reliability() -> String? {
    guard let reliability = report.evaluation.overall.onset.model.reliability, !reliability.bins.isEmpty else {
      return nil
    }
    var table = TextTable([("bin", .left), ("rows", .right), ("mean probability", .right), ("observed rate", .right)])
    for (index, bin) in reliability.bins.enumerated() { table.append(cells("\(index + 1)", bin)) }
    if let top = reliability.topPercent { table.append(cells("top 1 %", top)) }
    return heading("reliability of the champion, onset rows") + table.text(style)
  }

  private func cells(_ name: String, _ bin: ReliabilityBin) -> [String] {
    [
      name, Figures.count(bin.rows), Figures.percent(bin.meanProbability),
      Figures.interval(bin.observedRate, scale: 100, places: 2, unit: " %"),
    ]
  }

  private func alerts() -> String {
    var table = TextTable([
      ("rows", .left), ("episodes", .right), ("caught", .right), ("recall", .right), ("false alarms", .right),
      ("per market-day", .right), ("time in alert", .right), ("median lead (min)", .right),
    ])
    table.append(cells("all markets", report.alerts.overall))
    for market in report.alerts.markets.pairs { table.append(cells(market.name, market.value)) }
    return heading(
      "alerts as they were raised, onset rows",
      ["\(Figures.count(report.alerts.rows)) rows were alerts: the policy asked for more than the scheduled margin."]
        + gates()) + table.text(style)
  }

  private func cells(_ name: String, _ episodes: EpisodeReport) -> [String] {
    [
      name, Figures.count(episodes.episodes), Figures.count(episodes.hits), Figures.percent(episodes.recall, 0),
      Figures.count(episodes.falseAlarms), Figures.decimal(episodes.falseAlarmsPerMarketDay, 2),
      Figures.percent(episodes.shareOfTimeInAlert, 1), Figures.decimal(episodes.leadTimes.map { $0.median / 60 }, 0),
    ]
  }

  private func coverage() -> String? {
    if report.coverage.isEmpty { return nil }
    var table = TextTable([
      ("rows of", .left), ("model", .left), ("level", .right), ("quantile", .left), ("rows", .right),
      ("coverage", .right), ("pinball saved", .right), ("mean (bp)", .right), ("trials", .right), ("above", .right),
      ("Kupiec p", .right),
    ])
    let parts = [("all markets", report.coverage)] + report.coverageByMarket.pairs.map { ($0.name, $0.value) }
    for (name, figures) in parts.flatMap({ part in part.1.map { (part.0, $0) } }) {
      let score = figures.score
      table.append([
        name, figures.role, Figures.percent(score.level, 1), score.forecaster, Figures.count(score.rows),
        Figures.interval(score.coverage, scale: 100, places: 2, unit: " %"),
        score.forecaster == "fixed"
          ? Figures.absent : Figures.interval(score.pinballSaved, scale: 100, places: 1, unit: " %"),
        Figures.decimal(score.mean.value.map { $0 * 10_000 }, 1), Figures.count(figures.trials),
        Figures.count(figures.exceedances), Figures.decimal(figures.kupiec.pValue, 3),
      ])
    }
    return heading(
      "close-out quantiles beside the losses that followed",
      ["fixed is the model's, adapted follows the outcomes; trials are origins whose horizons do not overlap"]
        + parts.compactMap { shortage(of: $0.1, in: $0.0) }) + table.text(style)
  }
}

extension MonitorText {
  /// That there are too few days for coverage; nil where there are enough.
  private func shortage(of coverage: [MonitoredCoverage], in rows: String) -> String? {
    let days = coverage.map(\.score.days).max() ?? 0
    let required = Evidence.required.days
    return days < required ? "\(rows): INSUFFICIENT EVIDENCE (\(days) of \(required) days)" : nil
  }

  /// What falls short of evidence in onset rows, in all markets together and in each.
  private func gates() -> [String] {
    let markets = report.evaluation.markets.pairs
    let parts = [("all markets", report.evaluation.overall)] + markets.map { ($0.name, $0.value) }
    return parts.filter { !$0.1.onset.evidence.isSufficient }.map { "\($0.0): \($0.1.onset.evidence)" }
  }

  private func drift() -> String {
    var table = TextTable([
      ("from", .left), ("rows", .right), ("stability index", .right), ("asks for", .left),
      ("mean probability", .right), ("matured", .right), ("event rate", .right), ("log loss", .right),
    ])
    for period in report.drift.periods {
      table.append([
        period.start.description, Figures.count(period.rows), Figures.decimal(period.stabilityIndex, 3),
        period.level ?? "reference", Figures.percent(period.meanProbability), Figures.count(period.matured),
        Figures.percent(period.eventRate), Figures.decimal(period.logLoss, 4),
      ])
    }
    let warning = Figures.decimal(StabilityIndex.Level.warningFrom, 2)
    let action = Figures.decimal(StabilityIndex.Level.actionFrom, 2)
    return heading(
      "the champion's probabilities period by period",
      ["stability index against the first period: a warning from \(warning), action from \(action)"])
      + table.text(style)
  }

  private func monitors() -> String? {
    guard let monitors = report.monitors else { return nil }
    var table = TextTable([
      ("known at", .left), ("market", .left), ("series", .left), ("monitor", .left), ("says", .left),
      ("evidence", .right), ("threshold", .right),
    ])
    for entry in monitors.signals.suffix(Self.shownSignals) {
      let said = entry.said
      table.append([
        entry.time.description, said.market.text, said.series.rawValue, said.method.rawValue,
        said.signal.direction.rawValue, Figures.decimal(said.signal.statistic, 2),
        Figures.decimal(said.signal.threshold, 2),
      ])
    }
    let facts = """
      \(Figures.count(monitors.signals.count)) signals on \(Figures.count(monitors.watched)) matured outcomes and losses, the \
      newest \(Self.shownSignals) shown; thresholds from \(monitors.provenance.rawValue) references, one false alarm in \
      \(Figures.amount(monitors.averageRunLength)) outcomes of each monitor
      """
    return heading("drift monitors", [facts]) + table.text(style)
  }

  private static let shownSignals = 20

  private func challenger() -> String? {
    guard let challenger = report.challenger else { return nil }
    let scores = challenger.scores
    var table = TextTable([
      ("model", .left), ("digest", .left), ("log loss", .right), ("Brier skill", .right), ("average precision", .right),
      ("observed/expected", .right),
    ])
    let champion = scores.baselines["champion"]
    for (name, digest, card) in [
      (challenger.champion, challenger.championDigest, champion), (challenger.name, challenger.digest, scores.model),
    ] {
      guard let card else { continue }
      table.append([
        name, Self.short(digest), Figures.interval(card.logLoss, scale: 1, places: 4),
        Figures.interval(card.brierSkill, scale: 1, places: 3),
        Figures.interval(card.averagePrecision, scale: 1, places: 3),
        Figures.interval(card.observedToExpected, scale: 1, places: 2),
      ])
    }
    if let difference = scores.differences["champion"] {
      table.append([
        "difference", "", Figures.interval(difference.logLoss, scale: 1, places: 4),
        Figures.interval(difference.brierSkill, scale: 1, places: 3),
        Figures.interval(difference.averagePrecision, scale: 1, places: 3), Figures.absent,
      ])
    }
    let facts = """
      \(Figures.count(scores.rows)) matured onset rows of which both spoke, \(Figures.count(scores.positives)) positive \
      (prevalence \(Figures.percent(scores.prevalence))), \(scores.episodes.markets) episodes on \(scores.days) days
      """
    return heading("the challenger in the shadow of the champion", [facts] + gate(scores.evidence))
      + table.text(style) + quantiles(challenger) + line("verdict: \(words(challenger.verdict)): \(challenger.reason)")
  }

  private func quantiles(_ challenger: ChallengerReport) -> String {
    if challenger.quantiles.isEmpty { return "" }
    var table = TextTable([
      ("quantile", .left), ("of", .left), ("rows", .right), ("coverage", .right), ("pinball saved", .right),
    ])
    for score in challenger.quantiles {
      table.append([
        Figures.percent(score.level, 1), score.forecaster, Figures.count(score.rows),
        Figures.interval(score.coverage, scale: 100, places: 2, unit: " %"),
        score.forecaster == "champion"
          ? Figures.absent : Figures.interval(score.pinballSaved, scale: 100, places: 1, unit: " %"),
      ])
    }
    return "\n" + table.text(style)
  }

  private func words(_ verdict: ChallengerReport.Verdict) -> String {
    switch verdict {
    case .promote: "promote the challenger"
    case .keep: "keep the champion"
    case .insufficientEvidence: "keep the champion: too little evidence"
    }
  }

  private func margins() -> String? {
    if report.margins.isEmpty { return nil }
    var table = TextTable([
      ("market", .left), ("changes", .right), ("raises", .right), ("changes per day", .right),
      ("largest raise", .right),
    ])
    for market in report.margins {
      table.append([
        market.market.text, Figures.count(market.changes), Figures.count(market.raises),
        Figures.decimal(market.changesPerDay, 2), market.largestRaise.map { "× " + Figures.decimal($0, 2) } ?? "–",
      ])
    }
    return heading("margins that the policy moved, all tiers and both sides") + table.text(style)
  }

  private func limits() -> String {
    var table = TextTable([("limit", .left), ("state", .left), ("figure", .left)])
    for limit in report.limits { table.append([limit.name, limit.state.rawValue, limit.reason]) }
    return heading("limits") + table.text(style)
  }

  private func gate(_ evidence: Evidence) -> [String] { evidence.isSufficient ? [] : ["\(evidence)"] }

  private func line(_ text: String) -> String { style == .markdown ? "\n\(text)\n" : "\(text)\n" }

  /// The lines above a table: what it is about and whether the data was real, then the facts.
  private func heading(_ title: String, _ facts: [String] = []) -> String {
    let title = "\(report.provenance.rawValue) · \(title)"
    return switch style {
    case .plain: ([title] + facts).map { $0 + "\n" }.joined()
    case .markdown: (["**\(title)**"] + facts).map { $0 + "\n\n" }.joined()
    }
  }
}
