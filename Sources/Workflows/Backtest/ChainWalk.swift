internal import Backtesting
internal import Margining
internal import Markets

/// One side of a market walked through by a margin policy: a request at every judged point, and what came of it.
struct ChainWalk {
  /// For each judged point and size the requirement before any control, over the size; where evidence is missing, the last
  /// that had some.
  private(set) var requirements: [[Double]] = []
  /// For each judged point and size the maintenance margin after the chain, over the size.
  private(set) var margins: [[Double]] = []
  /// For each judged point and size the initial margin after the chain: that of the largest tier that holds some of it.
  private(set) var initialMargins: [[Double]] = []
  /// Every rise of the margin at the headline size, in time order.
  private(set) var raises: [RaiseReport] = []

  /// Walks through a market's judged points; the state starts with the schedule.
  ///
  /// - Throws: `RequestRefusal` for a market without a schedule.
  init(
    of market: ReplayedMarket, _ side: LiquidationSide, replay: Replay, policy: MarginPolicy, weighing: RaiseWeighing
  ) throws {
    guard let schedule = policy.schedule(of: market.market) else { throw RequestRefusal.noSchedule(market.market) }
    var state = MarginPolicyState()
    var conditional: [MarginFraction]?
    for position in market.judged {
      let point = market.points[position]
      let seen = point.sides[side]
      let request = MarginRequest(
        time: point.time, market: market.market, side: side,
        probability: seen.probability.flatMap { Probability($0) }, evidence: seen.evidence)
      let answer = try policy.reduce(state, request)
      state = answer.state
      let tiers = answer.recommendations
      if conditional == nil || tiers.allSatisfy(\.hasEvidence) {
        conditional = tiers.map { $0.adjustments.first?.after ?? $0.recommended }
      }
      requirements.append(try replay.margins(under: schedule, rates: conditional ?? schedule.rates))
      margins.append(try replay.margins(under: schedule, rates: tiers.map(\.recommended)))
      initialMargins.append(
        replay.notionals.map { notional in
          schedule.tierIndex(reachedBy: notional).map { tiers[$0].initialMargin.fraction } ?? .nan
        })
      if let raise = try weighing.raise(by: tiers, at: schedule, evidence: seen.evidence) { raises.append(raise) }
    }
  }
}

extension Recommendation {
  /// Whether the requirement is the one that the policy's form asks for, and not what stands in where evidence is missing.
  fileprivate var hasEvidence: Bool {
    switch adjustments.first?.reason {
    case .requirement(.withoutEvidence), .requirement(.evidenceEnded): false
    default: true
    }
  }
}

extension Replay {
  /// The requirement of each size over that size, under rates at a schedule's bounds.
  fileprivate func margins(under schedule: TierSchedule, rates: [MarginFraction]) throws -> [Double] {
    let schedule = try schedule.replacing(rates: rates)
    return notionals.map { (schedule.maintenance(ofNotional: $0) ?? .nan) / $0 }
  }
}
