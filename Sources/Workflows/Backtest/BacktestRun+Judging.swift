internal import Backtesting
internal import Labels
internal import Margining
internal import Markets
internal import Validation

extension BacktestRun {
  /// Judges every policy on a replay.
  ///
  /// - Throws: `RequestRefusal` for a market without a schedule, `EvaluationFailure` for rows that cannot be judged.
  func report(on replay: Replay, _ said: SaidHistory) throws -> BacktestReport {
    let own = OwnPaths(replay: replay)
    var ours = [own.conditional()]
    var raises: [RaiseReport] = []
    if let policy {
      let answer = try own.policy(
        policy,
        RaiseWeighing(
          settings: policy.policy.settings, headlineNotional: scope.headlineNotional, band: scope.task.band,
          accounts: accounts))
      ours += answer.paths
      raises = answer.raises
    }
    let competitors = CompetingPolicies.all(tunedOn: replay, target: scope.target, openInterest: openInterest)
    let judgement = judgement(of: ours, beside: competitors, on: replay)
    return BacktestReport(
      provenance: replay.provenance, setting: setting(of: replay, said), policies: judgement.policies(),
      comparisons: judgement.comparisons(), frontiers: judgement.frontiers(), coverage: judgement.coverage(),
      episodes: judgement.episodes(), series: judgement.series(), fund: judgement.fund(), raises: raises,
      quality: try quality(of: said),
      stepResponses: VolatilityStep(like: replay, headlineNotional: scope.headlineNotional)?.responses(of: competitors))
  }

  private func judgement(
    of ours: [NamedPath], beside competitors: [any CompetingPolicy], on replay: Replay
  ) -> PolicyJudgement {
    PolicyJudgement(
      replay: replay, ours: ours,
      competitors: competitors.map { competitor in
        NamedPath(
          name: competitor.name, summary: competitor.summary,
          paths: replay.markets.map { competitor.path(of: $0, in: replay) })
      },
      headlineNotional: scope.headlineNotional, target: scope.target, bootstrap: scope.bootstrap,
      tests: { [target = scope.target] in
        CoverageTest.all(sequences: $0, missRate: 1 - target).map(TestResult.init)
      },
      trafficLight: { [target = scope.target] in
        TrafficLight(hits: $0, trials: $1, missRate: 1 - target)?.rawValue ?? "undefined"
      })
  }

  private var openInterest: OpenInterestSettings? { policy?.policy.settings.openInterest }

  /// How good the probabilities were; nil where nothing was said.
  private func quality(of said: SaidHistory) throws -> ForecastQuality? {
    let forecasts = said.forecasts
    if forecasts.points.allSatisfy(\.isNaN) { return nil }
    return try QualityJudgement(choices: said.model, history: said.history, bootstrap: scope.bootstrap).quality(
      of: QualityJudgement.Said(
        probabilities: forecasts.points, events: forecasts.events, inShortfall: forecasts.inShortfall,
        thresholds: forecasts.thresholds),
      from: said.judgedFrom)
  }

  private func setting(of replay: Replay, _ said: SaidHistory) -> BacktestSetting {
    let judged = replay.markets.flatMap { market in market.judged.map { market.points[$0] } }
    let headline = replay.size(nearestTo: scope.headlineNotional) ?? 0
    let known = judged.filter { point in
      LiquidationSide.allCases.contains { point.sides[$0].losses[headline].isFinite }
    }
    let times = judged.map(\.time)
    return BacktestSetting(
      model: scope.name, training: "\(said.training); adaptation step \(adaptationStep)",
      policy: policy?.name ?? "none", from: times.min() ?? replay.judgedFrom, to: times.max() ?? replay.judgedFrom,
      horizon: scope.task.horizon, target: scope.target, notionals: replay.notionals,
      headlineNotional: scope.headlineNotional, snapshots: judged.count, known: known.count,
      days: Set(known.map(\.time.day)).count, notes: CompetingPolicies.notes(openInterest: openInterest) + notes)
  }

  /// What a reader must know of the run.
  private var notes: [String] {
    let choices =
      switch forecaster {
      case .retrained:
        "Family, penalty, calibration and route of the quantile are chosen once, on the time before the first judged instant."
      case .stored: "The model is stored: only the adaptive quantile follows outcomes."
      }
    return [
      "A row is a snapshot's side: losses of neighbouring rows overlap. Intervals resample whole days; tests use horizons that do not overlap.",
      "Policies are compared at the headline size; other sizes have their own figures.",
      "No policy states how far losses go beyond its margin: each is given the reach of the tuning period's losses beyond their quantile.",
      choices,
    ]
  }
}
