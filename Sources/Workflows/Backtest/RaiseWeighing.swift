internal import Backtesting
package import Margining
package import Markets

/// Weighs each raise of a policy's margin: the liquidity that would have done instead, and what the raise forces out.
///
/// The accounts are taken as they stand in their file, at every raise anew: what one raise forces out is still there at the
/// next, and a raise is guarded as if no path were published.
package struct RaiseWeighing {
  private let settings: MarginPolicySettings
  /// The size at which a raise is reported, in quote currency.
  private let headlineNotional: Double
  /// The distance from the mid within which persistent depth stands.
  private let band: BasisPoints
  /// The open positions; nil where nothing is known of them.
  private let accounts: Accounts?

  /// Creates a weighing of raises.
  package init(settings: MarginPolicySettings, headlineNotional: Double, band: BasisPoints, accounts: Accounts?) {
    self.settings = settings
    self.headlineNotional = headlineNotional
    self.band = band
    self.accounts = accounts
  }

  /// The raise that one answer of a policy makes at the headline size; nil where it makes none.
  ///
  /// - Throws: `MarginingFault` for recommendations that do not fit the schedule.
  func raise(
    by tiers: [Recommendation], at schedule: TierSchedule, evidence: CloseOutEvidence?
  ) throws -> RaiseReport? {
    guard let index = schedule.tierIndex(reachedBy: headlineNotional), let tier = tiers.first,
      let change = MarginChange(
        schedule: schedule, before: tiers.map(\.current), after: tiers.map(\.recommended))
    else { return nil }
    let (before, after) = (try margin(schedule, change.before), try margin(schedule, change.after))
    guard after > before else { return nil }
    return RaiseReport(
      time: tier.time, market: tier.market, side: tier.side, before: before, after: after,
      binding: tiers[index].binding.rawValue,
      injection: try evidence.flatMap { try injection(for: tier, from: before, to: after, change, $0) },
      feedback: try evidence.flatMap { try feedback(of: change, for: tier, $0) })
  }

  /// The requirement at the headline size over that size.
  private func margin(_ schedule: TierSchedule, _ rates: [MarginFraction]) throws -> Double {
    (try schedule.replacing(rates: rates).maintenance(ofNotional: headlineNotional) ?? .nan) / headlineNotional
  }

  /// Depth in place of the raise, for equal risk where the raise is made of what closing out costs; without accounts, one position of the headline size may have to be liquidated.
  private func injection(
    for tier: Recommendation, from before: Double, to after: Double, _ change: MarginChange,
    _ evidence: CloseOutEvidence
  ) throws -> InjectionFigures? {
    guard let costs = settings.injection,
      let requirement = try? ConditionalRequirement(
        evidence, settings: settings.conditional, bounds: settings.bounds)
    else { return nil }
    let held = try change.schedule.replacing(rates: change.before)
    let liquidatable = accounts.map {
      $0.liquidatableNotional(
        tier.market, tier.side, under: held, afterMove: max(0, evidence.returns.historical))
    }
    let need = LiquidityInjection.Need(
      persistentDepth: max(0, evidence.persistentDepth), liquidatableNotional: liquidatable ?? headlineNotional,
      equalRiskUSD: settings.form == .conditional
        ? requirement.addedDepth(toNeed: before, at: headlineNotional) : nil,
      raise: after - before,
      openNotional: accounts?.openNotional(tier.market, tier.side))
    return LiquidityInjection(for: need, costs).map { injection in
      InjectionFigures(
        coverUSD: injection.coverUSD, equalRiskUSD: injection.equalRiskUSD,
        withinBasisPoints: costs.within.value, injectionCostPerDay: injection.injectionCostPerDay,
        raiseCostPerDay: injection.raiseCostPerDay, cheaper: injection.cheaper?.rawValue)
    }
  }

  private func feedback(
    of change: MarginChange, for tier: Recommendation, _ evidence: CloseOutEvidence
  ) throws -> FeedbackFigures? {
    guard let open = accounts?[tier.market, tier.side],
      let book = LinearBook(depth: max(0, evidence.persistentDepth), within: band)
    else { return nil }
    let ruling = FeedbackGuard(settings.feedbackGuard).ruling(
      on: change, published: nil, at: tier.time, accounts: open, persistentDepth: evidence.persistentDepth)
    let applied = ruling.path.margins(at: tier.time)
    guard let guarded = MarginChange(schedule: change.schedule, before: change.before, after: applied) else {
      return nil
    }
    return FeedbackFigures(
      limitUSD: ruling.limitUSD, appliedAtOnce: try margin(change.schedule, applied),
      unguarded: FeedbackFigures.Cascade(LiquidationCascade(of: change, accounts: open, book: book)),
      guarded: FeedbackFigures.Cascade(LiquidationCascade(of: guarded, accounts: open, book: book)))
  }
}

extension FeedbackFigures.Cascade {
  /// The figures of a cascade.
  fileprivate init(_ cascade: LiquidationCascade) {
    self.init(
      firstRoundUSD: cascade.firstRoundUSD, totalUSD: cascade.totalUSD, amplification: cascade.amplification,
      priceImpact: cascade.priceImpact)
  }
}
