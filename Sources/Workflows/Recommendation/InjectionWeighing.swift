internal import Margining

/// Weighs depth against the raise of each tier above the venue's schedule, for one market's side.
struct InjectionWeighing {
  private let form: RequirementForm
  private let costs: InjectionSettings
  private let requirement: ConditionalRequirement
  private let schedule: TierSchedule
  private let recommended: TierSchedule
  /// The open positions of this side of the market, by tier; nil where they are not known.
  private let accounts: [Accounts]?
  private let first: Recommendation

  /// Nil without stated costs and where too little is known of closing out.
  init?(
    _ settings: MarginPolicySettings, _ schedule: TierSchedule, _ recommendations: [Recommendation],
    _ accounts: Accounts?, _ evidence: CloseOutEvidence?
  ) {
    guard let costs = settings.injection, let evidence, let first = recommendations.first,
      let requirement = try? ConditionalRequirement(evidence, settings: settings.conditional, bounds: settings.bounds),
      let recommended = try? schedule.replacing(rates: recommendations.map(\.recommended))
    else { return nil }
    form = settings.form
    self.costs = costs
    self.requirement = requirement
    self.schedule = schedule
    self.recommended = recommended
    self.first = first
    self.accounts = accounts.map { accounts in
      schedule.tiers.indices.map { tier in
        Accounts(accounts[first.market, first.side].filter { schedule.tierIndex(ofNotional: $0.notional) == tier })
      }
    }
  }

  /// Depth instead of the raise for the positions that fall into a tier, or nil without a raise.
  ///
  /// Judged at the size where the tier ends. Without accounts one position of that size may have to be liquidated.
  func injection(tier: Int) -> LiquidityInjection? {
    let evidence = requirement.evidence
    let size = schedule.referenceNotionals(largestKnown: evidence.largestNotional)[tier]
    guard let before = schedule.maintenance(ofNotional: size), let after = recommended.maintenance(ofNotional: size),
      after > before
    else { return nil }
    let liquidatable = accounts?[tier].liquidatableNotional(
      first.market, first.side, under: schedule, afterMove: max(0, evidence.returns.historical))
    let need = LiquidityInjection.Need(
      persistentDepth: max(0, evidence.persistentDepth), liquidatableNotional: liquidatable ?? size,
      equalRiskUSD: form == .conditional ? requirement.addedDepth(toNeed: before / size, at: size) : nil,
      raise: (after - before) / size,
      openNotional: accounts?[tier].openNotional(first.market, first.side))
    return LiquidityInjection(for: need, costs)
  }
}
