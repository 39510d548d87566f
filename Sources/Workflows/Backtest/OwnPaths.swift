internal import Backtesting
internal import Margining
internal import Markets

/// What Shortfall's own policies ask at every judged point of a replay.
struct OwnPaths {
  let replay: Replay

  /// The conformal quantile of the close-out loss, followed without any control.
  func conditional() -> NamedPath {
    NamedPath(
      name: "conditional", summary: "The adaptive conformal quantile of the close-out loss given the features.",
      paths: replay.markets.map { market in
        MarginPath(
          market: market.market,
          margins: BySide { side in market.judged.map { market.points[$0].sides[side].adaptiveLosses } })
      })
  }

  /// A margin policy's whole control chain, driven by the probabilities.
  ///
  /// - Throws: `RequestRefusal` for a market without a schedule.
  func policy(_ policy: MarginPolicy, name: String) throws -> NamedPath {
    NamedPath(
      name: "policy", summary: "The control chain of \(name), driven by the probability of a shortfall.",
      paths: try replay.markets.map { market in
        MarginPath(
          market: market.market,
          margins: try BySide { side throws in try margins(of: market, side, by: policy) })
      })
  }

  /// The requirement of each size of position over that size, after the chain.
  private func margins(
    of market: ReplayedMarket, _ side: LiquidationSide, by policy: MarginPolicy
  ) throws -> [[Double]] {
    guard let schedule = policy.schedule(of: market.market) else { throw RequestRefusal.noSchedule(market.market) }
    var state = MarginPolicyState()
    return try market.judged.map { position in
      let point = market.points[position]
      let request = MarginRequest(
        time: point.time, market: market.market, side: side,
        probability: point.sides[side].probability.flatMap { Probability($0) })
      let answer = try policy.reduce(state, request)
      state = answer.state
      let inForce = try schedule.replacing(rates: answer.recommendations.map(\.recommended))
      return replay.notionals.map { (inForce.maintenance(ofNotional: $0) ?? .nan) / $0 }
    }
  }
}
