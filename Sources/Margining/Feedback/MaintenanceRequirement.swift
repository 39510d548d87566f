import Markets

/// What positions must have behind them under one set of margins.
struct MaintenanceRequirement {
  private struct Segment {
    /// The notional from which the rate applies.
    let lower: Double
    /// The notional up to which it applies.
    let upper: Double
    /// The rate, in parts per million.
    let parts: Double
    /// The rate as a fraction.
    let rate: Double
    /// What makes the requirement continuous, in quote currency.
    let deduction: Double
  }

  private let segments: [Segment]

  /// The requirement under margins at a schedule's bounds; there must be one margin per tier, never falling.
  init(_ margins: [MarginFraction], at schedule: TierSchedule) {
    let bounds = schedule.tiers.map(\.lowerBound)
    let uppers = bounds.dropFirst() + [.infinity]
    segments = zip(zip(bounds, uppers), zip(margins, schedule.deductions(of: margins))).map { range, margin in
      Segment(
        lower: range.0, upper: range.1, parts: Double(margin.0.partsPerMillion), rate: margin.0.fraction,
        deduction: margin.1)
    }
  }

  /// Whether an account's equity reaches the requirement at its notional.
  ///
  /// Summed over the tiers that the position fills: every operation keeps the order of its arguments when it rounds, so
  /// larger margins never cover what smaller ones do not.
  func isCovered(_ account: Account) -> Bool {
    var millionths = 0.0
    for segment in segments where segment.lower < account.notional {
      millionths += (min(account.notional, segment.upper) - segment.lower) * segment.parts
    }
    return account.equity * 1e6 >= millionths
  }

  /// The largest move of the price against an account that leaves it covered, as a fraction of the price; negative when it
  /// is not covered as it stands, infinite when no fall to zero would do.
  ///
  /// Equity falls by the move and the notional follows the price, so a long position of notional N and equity E is covered
  /// at the notional n while `n − R(n) ≥ N − E`, a short one while `n + R(n) ≤ N + E`. The requirement R is the largest
  /// of the lines `n r_k − d_k`, which gives the bound in closed form: the liquidation price of the venues.
  func survivableMove(of account: Account) -> Double {
    switch account.side {
    case .sell:
      let debt = account.notional - account.equity
      let lowest =
        segments.map { segment in
          let owed = debt - segment.deduction
          if segment.rate < 1 { return owed / (1 - segment.rate) }
          return owed > 0 ? .infinity : -.infinity
        }.max() ?? 0
      return lowest > 0 ? 1 - lowest / account.notional : .infinity
    case .buy:
      let worth = account.notional + account.equity
      let highest = segments.map { (worth + $0.deduction) / (1 + $0.rate) }.min() ?? .infinity
      return highest / account.notional - 1
    }
  }
}
