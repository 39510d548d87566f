import Markets
import Parallelism
import Validation

extension PolicyJudgement {
  /// What simulated accounts under each policy cost an insurance fund; the intervals resample days of opening.
  public func fund() -> [FundDraw] {
    concurrentMap(everyPath, fundDraw)
  }

  private func fundDraw(of path: NamedPath) -> FundDraw {
    var tally = FundTally()
    for index in replay.markets.indices {
      let market = AccountMarket(replay, market: index, path: path)
      for opened in market.openings {
        let day = replay.markets[index].judgedTime(opened).day
        for side in LiquidationSide.allCases {
          for rung in replay.notionals.indices {
            let account = SimulatedAccount(side: side, rung: rung, opened: opened)
            tally.add(market.end(of: account), deposit: market.deposit(of: account), day: day)
          }
        }
      }
    }
    return FundDraw(
      policy: path.name, accounts: tally.accounts, liquidations: tally.liquidations,
      liquidationsByRaise: tally.liquidationsByRaise, draws: tally.draws, drawUSD: estimate(of: tally),
      meanInitialMargin: tally.accounts > 0 ? tally.deposits / Double(tally.accounts) : nil)
  }

  private func estimate(of tally: FundTally) -> Estimate {
    let sums = tally.drawByDay.sorted { $0.key < $1.key }.map(\.value)
    let replicates = (0..<bootstrap.resamples).map { resample in
      zip(bootstrap.multiplicities(ofResample: resample, dayCount: sums.count), sums).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return bootstrap.estimate(value: sums.reduce(0, +), replicates: replicates)
  }
}

/// What adds up over accounts.
private struct FundTally {
  var accounts = 0
  var liquidations = 0
  var liquidationsByRaise = 0
  var draws = 0
  var deposits = 0.0
  /// What the fund paid for the accounts opened on each UTC day.
  var drawByDay: [Int: Double] = [:]

  mutating func add(_ end: AccountEnd, deposit: Double, day: Int) {
    accounts += 1
    deposits += deposit
    var paid = 0.0
    if case .liquidated(let cause, let draw) = end {
      switch cause {
      case .price: liquidations += 1
      case .raise: liquidationsByRaise += 1
      }
      paid = draw
      if draw > 0 { draws += 1 }
    }
    drawByDay[day, default: 0] += paid
  }
}
