package import Markets

extension TierSchedule {
  /// The size at which each tier's rate is judged: where the tier ends, and for the last tier the largest size of which
  /// anything is known, or twice the tier's lower bound where that is more.
  package func referenceNotionals(largestKnown: Double) -> [Double] {
    tiers.indices.map { tier in
      tier + 1 < tiers.count ? tiers[tier + 1].lowerBound : max(largestKnown, 2 * tiers[tier].lowerBound)
    }
  }

  /// Rates whose requirement reaches the wanted one at every reference notional; at least one part per million each.
  ///
  /// They never fall from tier to tier and are the smallest such rates in the order of tiers: the first tier's rate is as
  /// small as it can be, then the second's, and so on. Where a requirement rises by more than the notional does, the
  /// tier's rate is the whole notional and what is missing stays missing: smaller positions do not pay for larger ones.
  ///
  /// - Parameters:
  ///   - required: fractions of notional, one per tier, each from 0 to 1.
  ///   - notionals: the reference notionals, rising, each inside or at the end of its tier.
  /// - Complexity: O(tiers).
  package func rates(covering required: [Double], at notionals: [Double]) -> [MarginFraction] {
    let amounts = zip(required, notionals).map { min(1, max(0, $0)) * $1 }
    var rates: [MarginFraction] = []
    var reached = 0.0
    for tier in amounts.indices {
      let width = notionals[tier] - tiers[tier].lowerBound
      let wanted = MarginFraction(roundingUp: min(1, max(1e-6, (amounts[tier] - reached) / width))) ?? .full
      let rate = max(wanted, rates.last ?? wanted)
      rates.append(rate)
      reached += width * rate.fraction
    }
    return rates
  }
}
