internal import Margining
internal import Markets
internal import ModelStore

/// The state of a replay: what the model, the policy and the markets stand at.
struct MarginReplay {
  private let accounts: Accounts?
  private var scorer: OnlineScorer
  private var margins: StreamMargins
  /// Where each market's side stands.
  private(set) var standing: [ModelGroup: [MarginRecommendation.Line]] = [:]
  /// Markets that the policy or the model does not know.
  private(set) var leftOut: Set<MarketName> = []

  init(_ artefact: ModelArtefact, policy: MarginPolicy, accounts: Accounts?, reasonCount: Int) {
    self.accounts = accounts
    scorer = OnlineScorer(artefact, reasonCount: reasonCount)
    margins = StreamMargins(policy: policy, model: artefact, accounts: accounts)
  }

  mutating func observe(_ snapshot: BookSnapshot, from start: Timestamp) throws {
    let result = scorer.score(snapshot)
    if snapshot.time < start { return }
    if !margins.covers(snapshot.market) { leftOut.insert(snapshot.market) }
    for step in try margins.observe(result) {
      guard let first = step.recommendations.first, let schedule = margins.policy.schedule(of: first.market) else {
        continue
      }
      let group = ModelGroup(market: first.market, side: first.side)
      standing[group] = lines(step, schedule: schedule, before: standing[group])
    }
  }

  /// The schedules of all markets that stand somewhere, with the larger rates of both sides.
  func schedules() throws -> [MarketName: TierSchedule] {
    var schedules: [MarketName: TierSchedule] = [:]
    for (group, lines) in standing {
      guard let schedule = schedules[group.market] ?? margins.policy.schedule(of: group.market) else { continue }
      let rates = lines.map(\.recommendation.recommended)
      let isFirst = schedules[group.market] == nil
      schedules[group.market] = try schedule.replacing(
        rates: isFirst ? rates : zip(schedule.rates, rates).map { max($0, $1) })
    }
    return schedules
  }

  private func lines(
    _ step: StreamMargins.Step, schedule: TierSchedule, before: [MarginRecommendation.Line]?
  ) -> [MarginRecommendation.Line] {
    let (recommendations, score) = (step.recommendations, step.score)
    let injections = InjectionWeighing(
      margins.policy.settings, schedule, recommendations, accounts, score?.evidence)
    return recommendations.enumerated().map { index, recommendation in
      MarginRecommendation.Line(
        recommendation: recommendation, scheduled: schedule.rates[index], probability: score?.probability,
        probabilityHigh: score.flatMap { $0.interval == nil ? nil : $0.policyProbability },
        injection: injections?.injection(tier: index),
        reasons: score?.reasons ?? [],
        lastChange: recommendation.isChange ? recommendation.time : before?[index].lastChange,
        isLargestTier: index == recommendations.count - 1)
    }
  }
}
