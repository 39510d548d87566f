public import Markets

/// The margins that a consumer of recommendations holds for one tier once a recommendation has expired.
public struct FallbackMargin: Hashable, Sendable {
  /// The maintenance margin.
  public let maintenance: MarginFraction
  /// The initial margin.
  public let initial: MarginFraction
  /// Which of margin in force, floor and fallback the maintenance margin is.
  public let source: RequirementReason.HeldMargin
}

/// What holds when recommendations stop to come.
extension MarginPolicy {
  /// For each tier what holds from the expiry of the margins in force on: the largest of them, the floor and the
  /// scheduled margin times `noScore.fallbackMultiplier`.
  ///
  /// No rate limit slows it, because nobody may be there to go on with it. The cap keeps the fallback, but never lowers
  /// what is in force.
  ///
  /// - Returns: One margin for each tier; nil before the first request for the market and side.
  public func fallback(
    _ state: MarginPolicyState, _ market: MarketName, _ side: LiquidationSide
  ) -> [FallbackMargin]? {
    guard let book = state.book(market, side), let schedule = schedule(of: market) else { return nil }
    return fallback(book, schedule)
  }

  /// Moves the state to where consumers of an expired recommendation are: the fallback is in force.
  ///
  /// - Parameter time: The instant of expiry.
  /// - Returns: A recommendation for each tier, the smallest notional first.
  /// - Throws: `RequestRefusal`; the state is unchanged then.
  public func lapse(
    _ state: inout MarginPolicyState, _ market: MarketName, _ side: LiquidationSide, at time: Timestamp
  ) throws(RequestRefusal) -> [Recommendation] {
    guard let schedule = schedule(of: market), var book = state.book(market, side) else { throw .noSchedule(market) }
    try check(
      MarginRequest(time: time, market: market, side: side, score: nil), against: book, schedule)
    let recommendations = lapsed(book, schedule, at: time)
    book.latestRequest = time
    book.memory.hysteresis.calmSince = nil
    if recommendations.contains(where: \.isChange) { book.memory.glidePath = nil }
    book.putIntoForce(recommendations, at: time, forgettingBefore: time - longestWindow)
    state.store(book)
    return recommendations
  }

  private func lapsed(_ book: BookMarginState, _ schedule: TierSchedule, at time: Timestamp) -> [Recommendation] {
    let fallback = fallback(book, schedule)
    let deductions = schedule.deductions(of: fallback.map(\.maintenance))
    return schedule.tiers.indices.map { tier in
      let (before, held) = (book.inForce.margins[tier], fallback[tier])
      return Recommendation(
        time: time, market: book.market, side: book.side, tierIndex: tier,
        lowerBound: schedule.tiers[tier].lowerBound, current: before, recommended: held.maintenance,
        deduction: deductions[tier], currentInitial: book.initial[tier], initialMargin: held.initial,
        initialReason: held.initial == book.initial[tier]
          ? .held(.nothingRecent) : .maintenanceShare(schedule.maintenanceShare),
        multiplier: nil,
        adjustments: [
          Adjustment(
            step: .requirement, before: before, after: held.maintenance,
            reason: .requirement(.lapsed(by: held.source)))
        ])
    }
  }

  private func fallback(_ book: BookMarginState, _ schedule: TierSchedule) -> [FallbackMargin] {
    let hold = MarginHold(noScore: settings.noScore, bounds: settings.bounds)
    return schedule.tiers.indices.map { tier in
      let inForce = book.inForce.margins[tier]
      let (largest, source) = hold.largest(inForce, schedule.rates[tier])
      let maintenance = max(inForce, min(largest, settings.bounds.cap))
      return FallbackMargin(
        maintenance: maintenance, initial: max(book.initial[tier], schedule.initialMargin(for: maintenance)),
        source: source)
    }
  }
}
