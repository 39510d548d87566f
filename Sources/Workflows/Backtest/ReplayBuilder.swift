internal import Backtesting
internal import Datasets
internal import Labels
internal import Learning
internal import Markets
internal import ModelStore

/// Puts together what was recorded, what a model said of it and what followed.
struct ReplayBuilder {
  let history: LabeledHistory
  let task: ShortfallTask
  let closeOut: CloseOut
  let tracking: QuantileTracking

  /// The replay of a history; forecasts have a place for each of its rows.
  ///
  /// - Throws: `BacktestFailure.bookWithoutRow` when books and rows do not match.
  func replay(_ forecasts: SideForecasts, judgedFrom: Timestamp) throws(BacktestFailure) -> Replay {
    let dataset = history.dataset
    var rows = [[Int]](repeating: [], count: dataset.markets.count)
    for row in 0..<dataset.count where dataset.sides[row] == .sell { rows[dataset.marketIndices[row]].append(row) }
    var markets: [ReplayedMarket] = []
    for (index, market) in dataset.markets.enumerated().sorted(by: { $0.element < $1.element }) {
      let points = try points(of: market, sellRows: rows[index], forecasts)
      markets.append(ReplayedMarket(market: market, points: points, judgedFrom: judgedFrom))
    }
    return Replay(
      provenance: Provenance(of: dataset.markets), notionals: [closeOut.notional],
      informationSpan: task.informationSpan, judgedFrom: judgedFrom, markets: markets)
  }

  /// The points of a market whose rows of the sell side are given; the row of the buy side follows each of them.
  private func points(
    of market: MarketName, sellRows: [Int], _ forecasts: SideForecasts
  ) throws(BacktestFailure) -> [ReplayPoint] {
    let books = history.outcomes.filter { $0.market == market && $0.mid != nil }
    var adaptive = BySide { _ in AdaptiveLosses(tracking: tracking, informationSpan: task.informationSpan) }
    var points: [ReplayPoint] = []
    points.reserveCapacity(books.count)
    for (position, book) in books.enumerated() {
      guard position < sellRows.count, history.dataset.times[sellRows[position]] == book.time, let mid = book.mid
      else { throw .bookWithoutRow(market, book.time) }
      let sell = side(sellRows[position], .sell, book, mid, forecasts, &adaptive)
      let buy = side(sellRows[position] + 1, .buy, book, mid, forecasts, &adaptive)
      points.append(ReplayPoint(time: book.time, mid: mid, sides: BySide(sell: sell, buy: buy)))
    }
    return points
  }

  private func side(
    _ row: Int, _ side: LiquidationSide, _ book: OutcomeObservation, _ mid: Double, _ forecasts: SideForecasts,
    _ adaptive: inout BySide<AdaptiveLosses>
  ) -> ReplaySide {
    let dataset = history.dataset
    let (probability, quantile) = (forecasts.probabilities[row], forecasts.losses[row])
    let loss = dataset.closeOutLosses[row]
    let adapted = quantile.isNaN ? nil : adaptive[side].adapted(quantile, at: book.time, followedBy: loss)
    return ReplaySide(
      depth: dataset.depths[row], probability: probability.isNaN ? nil : probability,
      fixedLosses: quantile.isNaN ? [] : [quantile], adaptiveLosses: adapted.map { [$0] } ?? [],
      sweepCosts: [book.execution.map { side.sign * (mid - $0[side].price) / mid } ?? .nan],
      losses: [loss])
  }
}
