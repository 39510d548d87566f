internal import Margining
internal import Markets
internal import ModelStore

/// The state of a replay: what the model, the policy and the markets stand at.
struct MarginReplay {
  private let artefact: ModelArtefact
  private let policy: MarginPolicy
  private let accounts: Accounts?
  private var scorer: OnlineScorer
  private var state = MarginPolicyState()
  /// Where each market's side stands.
  private(set) var standing: [ModelGroup: [MarginRecommendation.Line]] = [:]
  /// Markets that the policy or the model does not know.
  private(set) var leftOut: Set<MarketName> = []

  init(_ artefact: ModelArtefact, policy: MarginPolicy, accounts: Accounts?, reasonCount: Int) {
    self.artefact = artefact
    self.policy = policy
    self.accounts = accounts
    scorer = OnlineScorer(artefact, reasonCount: reasonCount)
  }

  mutating func observe(_ event: MarketEvent, from start: Timestamp) throws {
    switch event {
    case .book(let snapshot): try observe(snapshot, from: start)
    case .report(let report): scorer.observe(report)
    }
  }

  private mutating func observe(_ snapshot: BookSnapshot, from start: Timestamp) throws {
    let scores = try? scorer.score(snapshot).scores.get()
    if snapshot.time < start { return }
    let market = snapshot.market
    guard let schedule = policy.schedule(of: market), artefact.group(of: market, .sell) != nil else {
      leftOut.insert(market)
      return
    }
    for side in LiquidationSide.allCases {
      let score = scores?[side]
      let request = MarginRequest(
        time: snapshot.time, market: market, side: side, score: score.map { $0.policyScore(at: snapshot.time) },
        evidence: score?.evidence, accounts: accounts?[market, side])
      let answer = try policy.reduce(state, request)
      state = answer.state
      let group = ModelGroup(market: market, side: side)
      standing[group] = lines(answer.recommendations, schedule: schedule, score: score, before: standing[group])
    }
  }

  /// The schedules of all markets that stand somewhere, with the larger rates of both sides.
  func schedules() throws -> [MarketName: TierSchedule] {
    var schedules: [MarketName: TierSchedule] = [:]
    for (group, lines) in standing {
      guard let schedule = schedules[group.market] ?? policy.schedule(of: group.market) else { continue }
      let rates = lines.map(\.recommendation.recommended)
      let isFirst = schedules[group.market] == nil
      schedules[group.market] = try schedule.replacing(
        rates: isFirst ? rates : zip(schedule.rates, rates).map { max($0, $1) })
    }
    return schedules
  }

  private func lines(
    _ recommendations: [Recommendation], schedule: TierSchedule, score: SideScore?,
    before: [MarginRecommendation.Line]?
  ) -> [MarginRecommendation.Line] {
    let injections = InjectionWeighing(policy.settings, schedule, recommendations, accounts, score?.evidence)
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

extension SideScore {
  /// The probability that a margin is made of, named for what it is.
  fileprivate func policyScore(at time: Timestamp) -> Score {
    Score(
      probability: policyProbability, bound: policyProbability > probability ? .conservative : .point, time: time)
  }
}
