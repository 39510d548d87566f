internal import Backtesting
internal import Markets

extension BacktestTables {
  /// The number of raises that a table shows.
  private static let raiseLimit = 10

  /// What accounts that open every day at the initial margin cost an insurance fund.
  var fund: TextTable {
    var table = TextTable([
      ("policy", .left), ("accounts", .right), ("initial margin", .right), ("liquidated by price", .right),
      ("by a raise", .right), ("draws", .right), ("drawn USD", .right),
    ])
    for draw in report.fund {
      table.append([
        draw.policy, Figures.count(draw.accounts), Figures.decimal(draw.meanInitialMargin.map { $0 * 1e4 }, 1),
        Figures.count(draw.liquidations), Figures.count(draw.liquidationsByRaise), Figures.count(draw.draws),
        Figures.interval(draw.drawUSD, scale: 1, places: 0),
      ])
    }
    return table
  }

  /// How many raises there were, and that the table shows the largest.
  var raisesTitle: String {
    let count = report.raises.count
    let shown = count > Self.raiseLimit ? "the \(Self.raiseLimit) largest of \(Figures.count(count)) raises" : "raises"
    return "\(shown) of the policy's margin, the liquidity that would have done, and what they force out"
  }

  /// The largest raises, with depth in place of them, and what is liquidated with and without the guard.
  var raises: TextTable {
    var table = TextTable([
      ("time", .left), ("market", .left), ("side", .left), ("before", .right), ("after", .right), ("decided by", .left),
      ("cover USD", .right), ("or depth USD, – none does", .right), ("a day USD", .right), ("raise a day USD", .right),
      ("cheaper", .left),
      ("forced USD", .right), ("in all", .right), ("guarded", .right), ("in all", .right),
    ])
    let largest = report.raises.enumerated().sorted { left, right in
      let (rise, other) = (left.element.after - left.element.before, right.element.after - right.element.before)
      return rise == other ? left.offset < right.offset : rise > other
    }
    for raise in largest.prefix(Self.raiseLimit).map(\.element) {
      let (injection, feedback) = (raise.injection, raise.feedback)
      table.append([
        raise.time.description, raise.market.text, raise.side.rawValue, Figures.decimal(raise.before * 1e4, 1),
        Figures.decimal(raise.after * 1e4, 1), raise.binding, Figures.amount(injection?.coverUSD),
        Figures.amount(injection?.equalRiskUSD),
        Figures.amount(injection?.injectionCostPerDay), Figures.amount(injection?.raiseCostPerDay),
        injection?.cheaper ?? Figures.absent, Figures.amount(feedback?.unguarded.firstRoundUSD),
        Figures.amount(feedback?.unguarded.totalUSD), Figures.amount(feedback?.guarded.firstRoundUSD),
        Figures.amount(feedback?.guarded.totalUSD),
      ])
    }
    return table
  }

  /// How quickly and how far each margin follows a doubling of volatility.
  var stepResponses: TextTable {
    var table = TextTable([
      ("policy", .left), ("before", .right), ("settles at, times", .right), ("largest day, times", .right),
      ("overshoot", .right), ("half-life, h", .right),
    ])
    for response in report.stepResponses ?? [] {
      table.append([
        response.policy, Figures.decimal(response.before * 1e4, 1), Figures.decimal(response.plateau, 2),
        Figures.decimal(response.peak, 2), Figures.percent(response.overshoot, 0),
        Figures.decimal(response.halfLifeHours, 1),
      ])
    }
    return table
  }
}
