public import Markets

/// A margin policy: a pure function from what is in force and a request to what should be in force, with reasons.
///
/// The same requests from the same state give the same bits. The state's margins are those recommended last: whoever
/// does not put a recommendation into force keeps the older state.
public struct MarginPolicy: Sendable {
  /// The settings.
  public let settings: MarginPolicySettings
  /// The schedules of single markets, by market name.
  public let schedules: [MarketName: TierSchedule]
  /// The schedule of every other market; nil when there are no others.
  public let defaultSchedule: TierSchedule?
  /// The control chain in its fixed order.
  public let rules: [any MarginRule]

  /// Creates a policy.
  ///
  /// - Throws: a `MarginingFault` naming the first bound that a schedule breaks, markets in name order and the default
  ///   schedule last: every scheduled rate must lie within the bounds of the settings.
  public init(
    settings: MarginPolicySettings, schedules: [MarketName: TierSchedule], defaultSchedule: TierSchedule? = nil
  ) throws(MarginingFault) {
    let rules: [any MarginRule] = [
      RequirementRule(
        form: settings.form, curve: settings.curve, noScore: settings.noScore, bounds: settings.bounds),
      AntiProcyclicalityRule(settings: settings.antiProcyclicality),
      HysteresisRule(
        form: settings.form, curve: settings.curve, settings: settings.hysteresis,
        silence: settings.noScore.staleAfter),
      RateLimitRule(
        limits: settings.rateLimits, deadBandPartsPerMillion: settings.deadBandPartsPerMillion,
        emergencyOverride: settings.emergencyOverride),
      DeadBandRule(partsPerMillion: settings.deadBandPartsPerMillion, bounds: settings.bounds),
      ClampRule(bounds: settings.bounds),
      FeedbackGuardRule(settings: settings.feedbackGuard),
    ]
    try self.init(settings: settings, schedules: schedules, defaultSchedule: defaultSchedule, rules: rules)
  }

  /// Creates a policy with another chain.
  package init(
    settings: MarginPolicySettings, schedules: [MarketName: TierSchedule], defaultSchedule: TierSchedule?,
    rules: [any MarginRule]
  ) throws(MarginingFault) {
    for (market, schedule) in schedules.sorted(by: { $0.key < $1.key }) {
      try settings.bounds.check(schedule, named: .market(market))
    }
    if let defaultSchedule { try settings.bounds.check(defaultSchedule, named: .general) }
    self.settings = settings
    self.schedules = schedules
    self.defaultSchedule = defaultSchedule
    self.rules = rules
  }

  /// The schedule of a market, or nil when it has none and there is no default.
  public func schedule(of market: MarketName) -> TierSchedule? { schedules[market] ?? defaultSchedule }

  /// Answers a request: the state after it, and a recommendation for each tier, the smallest notional first.
  ///
  /// - Throws: `RequestRefusal`; the state is unchanged then, because it is a value.
  /// - Complexity: O(markets + tiers × notices kept).
  public func reduce(
    _ state: MarginPolicyState, _ request: MarginRequest
  ) throws(RequestRefusal) -> (state: MarginPolicyState, recommendations: [Recommendation]) {
    var next = state
    let recommendations = try advance(&next, request)
    return (next, recommendations)
  }

  /// Answers a request and moves the state on in place.
  ///
  /// - Throws: `RequestRefusal`; the state is unchanged then.
  /// - Complexity: O(log markets + tiers × notices kept).
  public func advance(
    _ state: inout MarginPolicyState, _ request: MarginRequest
  ) throws(RequestRefusal) -> [Recommendation] {
    guard let schedule = schedule(of: request.market) else { throw .noSchedule(request.market) }
    var book =
      state.book(request.market, request.side)
      ?? BookMarginState(
        market: request.market, side: request.side, latestRequest: request.time,
        inForce: MarginsInForce(margins: schedule.rates), initial: schedule.rates.map(schedule.initialMargin))
    try check(request, against: book, schedule)
    book.latestRequest = request.time

    let reading = ScoreReading(request, staleAfter: settings.noScore.staleAfter)
    let context = RuleContext(
      request: request, reading: reading,
      conditional: ConditionalReading(request, reading, settings: settings), schedule: schedule, inForce: book.inForce)
    let ladder = walk(context, memory: &book.memory)
    let recommendations = recommendations(from: ladder, context, initial: book.initial)
    book.putIntoForce(recommendations, at: request.time, forgettingBefore: request.time - longestWindow)
    state.store(book)
    return recommendations
  }

  func check(
    _ request: MarginRequest, against book: BookMarginState, _ schedule: TierSchedule
  ) throws(RequestRefusal) {
    guard request.time >= book.latestRequest else {
      throw .outOfOrder(request.market, request.side, time: request.time, latest: book.latestRequest)
    }
    guard book.inForce.margins.count == schedule.tiers.count else {
      throw .tiersDiffer(request.market, schedule: schedule.tiers.count, state: book.inForce.margins.count)
    }
    guard let score = request.score else { return }
    guard score.time <= request.time else {
      throw .scoreFromTheFuture(request.market, request.side, time: request.time, score: score.time)
    }
    if let latest = book.memory.hysteresis.latestScore, score.time < latest {
      throw .scoreOutOfOrder(request.market, request.side, score: score.time, latest: latest)
    }
  }

  /// Applies every rule in turn; gives the adjustments of each tier.
  private func walk(_ context: RuleContext, memory: inout RuleMemory) -> [[Adjustment]] {
    var margins = context.inForce.margins
    var adjustments: [[Adjustment]] = margins.map { _ in [] }
    for rule in rules {
      let rulings = rule.rulings(on: margins, in: context, memory: &memory)
      for (tier, ruling) in zip(margins.indices, rulings) {
        adjustments[tier].append(
          Adjustment(step: rule.step, before: margins[tier], after: ruling.margin, reason: ruling.reason))
        margins[tier] = ruling.margin
      }
    }
    return adjustments
  }

  private func recommendations(
    from adjustments: [[Adjustment]], _ context: RuleContext, initial: [MarginFraction]
  ) -> [Recommendation] {
    let schedule = context.schedule
    let requirement = InitialMarginRequirement(settings: settings, context)
    let current = context.inForce.margins
    let recommended = zip(adjustments, current).map { $0.last?.after ?? $1 }
    let deductions = schedule.deductions(of: recommended)
    let entries = InitialMarginControl(
      inForce: initial, deadBandPartsPerMillion: settings.deadBandPartsPerMillion
    ).entries(
      recommended.map(requirement.initialMargin),
      with: isHold(adjustments) ? .held : recommended == current ? .unchanged : .changed)
    return schedule.tiers.indices.map { tier in
      Recommendation(
        time: context.request.time, market: context.request.market, side: context.request.side, tierIndex: tier,
        lowerBound: schedule.tiers[tier].lowerBound, current: current[tier], recommended: recommended[tier],
        deduction: deductions[tier], currentInitial: initial[tier], initialMargin: entries[tier].margin,
        initialReason: entries[tier].reason, multiplier: multiplier(context), adjustments: adjustments[tier])
    }
  }

  /// Whether the requirement was that nothing falls because nothing recent is known.
  private func isHold(_ adjustments: [[Adjustment]]) -> Bool {
    adjustments.first?.contains { adjustment in
      if case .requirement(let reason) = adjustment.reason { reason.isHold } else { false }
    } ?? false
  }

  /// What the score alone asks for; nil where it does not decide.
  private func multiplier(_ context: RuleContext) -> Double? {
    if settings.form == .conditional, context.conditional.requirement != nil { return nil }
    return context.reading.current.map { settings.multiplier(for: $0.probability) }
  }

  /// The longest time that a rate limit looks back, for any margin in force.
  var longestWindow: TimeSpan {
    let hours = [settings.rateLimits.up, settings.rateLimits.down].map { rate in
      RateLimitRule.windowHours(
        rate: rate, margin: .full, deadBandPartsPerMillion: settings.deadBandPartsPerMillion)
    }
    return .hours(Int64(hours.max() ?? 1))
  }
}

extension MarginBounds {
  /// Throws when a scheduled rate is outside the bounds: the chain would have to break a rate limit to mend it.
  fileprivate func check(_ schedule: TierSchedule, named name: MarginingFault.Schedule) throws(MarginingFault) {
    for (number, rate) in zip(1..., schedule.rates) {
      let setting = MarginParameter.tierMaintenance(number)
      if rate < floor {
        throw MarginingFault(setting, of: name, rate.fraction, .belowSetting(.floor, limit: floor.fraction))
      }
      if rate > cap {
        throw MarginingFault(setting, of: name, rate.fraction, .aboveSetting(.cap, times: 1, limit: cap.fraction))
      }
    }
  }
}
