internal import Ledger
internal import Margining
internal import Markets

extension MarginNotice {
  /// The changes of margins that the notice brings, one for each tier that changes.
  func records() -> [LedgerRecord] {
    tiers.filter { $0.maintenance.before != $0.maintenance.after }.map { tier in
      let binding = tier.recommendation?.adjustments.last(where: \.isChange)?.reason.description
      return .margin(
        MarginRecord(
          origin: LedgerOrigin(time: time, market: market, side: side), tier: tier.lowerBound,
          before: tier.maintenance.before, after: tier.maintenance.after, reason: binding ?? occasion.rawValue,
          expiry: expires))
    }
  }
}

extension StreamMargins {
  /// Whether a maintenance margin in force on a market's side differs from the scheduled one.
  func hasIntervention(in market: MarketName, _ side: LiquidationSide) -> Bool {
    guard let inForce = margins(of: market, side), let schedule = policy.schedule(of: market) else { return false }
    return inForce != schedule.tiers.map(\.maintenance)
  }
}
