import Markets

extension PolicyJudgement {
  /// What was seen and asked at the headline size, for each market with a judged point and each side.
  public func series() -> [MarketSeries] {
    guard let rung = headlineRung else { return [] }
    return replay.markets.enumerated().flatMap { index, market in
      let points = market.points[market.judged]
      let sides = points.isEmpty ? [] : LiquidationSide.allCases
      return sides.map { side in
        MarketSeries(
          market: market.market, side: side, times: points.map(\.time), mids: points.map(\.mid),
          depths: points.map { $0.sides[side].depth }, probabilities: points.map { $0.sides[side].probability },
          losses: (0..<points.count).map { market.loss(ofJudged: $0, side: side, rung: rung) },
          margins: everyPath.map { path in
            (0..<points.count).map { path.margin(ofMarket: index, side: side, point: $0, rung: rung) }
          })
      }
    }
  }
}
