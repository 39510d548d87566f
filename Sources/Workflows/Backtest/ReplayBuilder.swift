package import Backtesting
internal import Datasets
package import Labels
package import Learning
package import Markets
internal import ModelStore

/// Puts together what was recorded, what a model said of it and what followed.
package struct ReplayBuilder {
  private let history: LabeledHistory
  private let ladder: LadderRows
  private let task: ShortfallTask
  private let tracking: QuantileTracking
  /// The position of the task's own size among those of the ladder.
  private let ownRung: Int

  /// Creates a builder for a history with the losses of the task's own size, and of others where wanted.
  ///
  /// - Throws: `BacktestFailure.noCloseOutQuantile` for a history without them.
  package init(history: LabeledHistory, task: ShortfallTask, tracking: QuantileTracking, model: String)
    throws(BacktestFailure)
  {
    guard let ladder = history.ladder, let closeOut = task.closeOut,
      let ownRung = ladder.notionals.firstIndex(of: closeOut.notional)
    else { throw .noCloseOutQuantile(model) }
    self.history = history
    self.ladder = ladder
    self.task = task
    self.tracking = tracking
    self.ownRung = ownRung
  }

  /// The replay of a history; forecasts have a place for each of its rows.
  ///
  /// - Throws: `BacktestFailure.bookWithoutRow` when books and rows do not match.
  package func replay(_ forecasts: SideForecasts, judgedFrom: Timestamp) throws(BacktestFailure) -> Replay {
    let dataset = history.dataset
    var rows = [[Int]](repeating: [], count: dataset.markets.count)
    for row in 0..<dataset.count where dataset.sides[row] == .sell { rows[dataset.marketIndices[row]].append(row) }
    var markets: [ReplayedMarket] = []
    for (index, market) in dataset.markets.enumerated().sorted(by: { $0.element < $1.element }) {
      let points = try points(of: market, sellRows: rows[index], forecasts)
      markets.append(ReplayedMarket(market: market, points: points, judgedFrom: judgedFrom))
    }
    return Replay(
      provenance: Provenance(of: dataset.markets), notionals: ladder.notionals,
      informationSpan: task.informationSpan, judgedFrom: judgedFrom, markets: markets)
  }

  /// The points of a market whose rows of the sell side are given; the row of the buy side follows each of them.
  private func points(
    of market: MarketName, sellRows: [Int], _ forecasts: SideForecasts
  ) throws(BacktestFailure) -> [ReplayPoint] {
    let books = history.outcomes.filter { $0.market == market && $0.mid != nil }
    var adaptive = BySide { _ in
      ladder.notionals.map { _ in AdaptiveLosses(tracking: tracking, informationSpan: task.informationSpan) }
    }
    var points: [ReplayPoint] = []
    points.reserveCapacity(books.count)
    for (position, book) in books.enumerated() {
      guard position < sellRows.count, history.dataset.times[sellRows[position]] == book.time, let mid = book.mid
      else { throw .bookWithoutRow(market, book.time) }
      let sell = side(sellRows[position], .sell, forecasts, &adaptive.sell)
      let buy = side(sellRows[position] + 1, .buy, forecasts, &adaptive.buy)
      points.append(ReplayPoint(time: book.time, mid: mid, sides: BySide(sell: sell, buy: buy)))
    }
    return points
  }

  private func side(
    _ row: Int, _ side: LiquidationSide, _ forecasts: SideForecasts, _ adaptive: inout [AdaptiveLosses]
  ) -> ReplaySide {
    let probability = forecasts.probabilities[row]
    let fixed = ladder.notionals.indices.map { forecasts.losses[$0][row] }
    let isSaid = !fixed[ownRung].isNaN
    let adapted = isSaid ? adapted(fixed, row, &adaptive) : []
    let sweepCosts = ladder.sweepCosts.map { $0[row] }
    return ReplaySide(
      depth: history.dataset.depths[row], probability: probability.isNaN ? nil : probability,
      fixedLosses: isSaid ? fixed : [], adaptiveLosses: adapted, sweepCosts: sweepCosts,
      evidence: forecasts.histories[row]?.evidence(
        quantiles: adapted, sweepCosts: sweepCosts, conditions: ladder.conditions[row], side: side),
      losses: ladder.losses.map { $0[row] })
  }

  /// The quantiles of every size as the outcomes of that size moved them, then made not to fall with the size.
  ///
  /// Each size is judged by what outcomes made of its own quantile, so that its long-run coverage hangs on no other size.
  private func adapted(_ fixed: [Double], _ row: Int, _ adaptive: inout [AdaptiveLosses]) -> [Double] {
    let time = history.dataset.times[row]
    let own = fixed.indices.map { rung in
      adaptive[rung].adapted(fixed[rung], at: time, followedBy: ladder.losses[rung][row])
    }
    return CloseOutLadder.rising(own, around: ownRung)
  }
}
