internal import Ledger
internal import Markets
internal import ModelStore
internal import Reporting
internal import Validation

/// Judges the newest challenger beside the newest champion, on the rows of which both spoke.
struct ChallengerJudgement {
  private let monitor: LedgerMonitor
  private let challenger: ModelRecord
  private let rows: [JudgedRow]

  /// Finds the challenger; nil when there is none, or it never spoke beside the champion.
  init?(_ monitor: LedgerMonitor) {
    let digests = monitor.digests
    guard let said = monitor.judged.last(where: { $0.challenger != nil })?.challenger,
      let challenger = monitor.models.last(where: { $0.digest == digests[said.model] && $0.role == .challenger })
    else { return nil }
    self.monitor = monitor
    self.challenger = challenger
    rows = monitor.judged.filter { row in
      digests[row.said.model] == monitor.champion.digest && row.challenger?.model == said.model
    }
    if rows.isEmpty { return nil }
  }

  func report() throws -> ChallengerReport {
    let evaluation = try monitor.evaluation(
      rows.map(\.row),
      model: Scorer(
        name: "challenger", predictions: .probabilities(rows.map { $0.challenger?.probability ?? $0.said.probability })),
      baselines: [Scorer(name: "champion", predictions: .probabilities(rows.map(\.said.probability)))])
    let scores = evaluation.overall.onset
    let difference = scores.differences["champion"]
    let gate = GateDecision(
      bestBaseline: "champion", skill: difference?.logLossSkill.value ?? -1,
      minimumSkill: challenger.minimumSkill ?? 0)
    let (verdict, reason) = verdict(scores, gate, advantage: difference?.logLossSkill.low)
    return ChallengerReport(
      name: challenger.name, digest: challenger.digest, champion: monitor.champion.name,
      championDigest: monitor.champion.digest, scores: scores, quantiles: quantiles(), gate: gate, verdict: verdict,
      reason: reason)
  }

  private func verdict(
    _ scores: EvaluationReport.Scores, _ gate: GateDecision, advantage: Double?
  ) -> (ChallengerReport.Verdict, String) {
    guard scores.evidence.isSufficient else { return (.insufficientEvidence, "\(scores.evidence)") }
    let skill = "it saves \(Figures.percent(gate.skill)) of the champion's log loss"
    guard gate.isPassed else {
      return (.keep, "\(skill), below the minimum of \(Figures.percent(gate.minimumSkill))")
    }
    guard let advantage, advantage > 0 else { return (.keep, "\(skill), but the interval holds zero") }
    return (.promote, "\(skill), which reaches the minimum of \(Figures.percent(gate.minimumSkill))")
  }

  /// The quantiles of both at the levels that both have, as the models said them.
  private func quantiles() -> [QuantileScore] {
    struct Key: Hashable {
      let origin: LedgerOrigin
      let level: Double
    }
    let origins = Set(rows.map { LedgerOrigin(time: $0.row.time, market: $0.row.market, side: $0.row.side) })
    var challengers: [Key: Double] = [:]
    for quantile in monitor.quantiles where quantile.role == .challenger {
      challengers[Key(origin: quantile.origin, level: quantile.level)] = quantile.said
    }
    let champions = monitor.quantiles.filter { $0.role == .champion && origins.contains($0.origin) }
    return Set(champions.map(\.level)).sorted().flatMap { level in
      let pairs = champions.filter { $0.level == level }.compactMap { champion in
        challengers[Key(origin: champion.origin, level: level)].map { (champion: champion, challenger: $0) }
      }
      return QuantileScores(
        pairs.map(\.champion.loss), days: pairs.map(\.champion.origin.time.day), level: level,
        bootstrap: monitor.settings.bootstrap
      ).scores(of: [("champion", pairs.map(\.champion.said)), ("challenger", pairs.map(\.challenger))])
    }
  }
}
