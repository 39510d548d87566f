import Markets
import Parallelism
import Validation

extension PolicyJudgement {
  /// One policy's figures over each group; `margins` has one for each row.
  func figures(of groups: [RowGroup], margins: [Double]) -> [GroupFigures] {
    concurrentMap(groups) { figures(of: $0, margins: margins) }
  }

  private func figures(of group: RowGroup, margins: [Double]) -> GroupFigures {
    let members = group.members
    let inside = members.map { rows[$0].loss <= margins[$0] ? 1.0 : 0 }
    let shortfalls = members.map { max(0, rows[$0].loss - margins[$0]) }
    let means = DayMeans(
      of: [inside, members.map { margins[$0] }, shortfalls], days: members.map { rows[$0].day }, bootstrap: bootstrap)
    return GroupFigures(
      group: group.group, rows: members.count, exceedances: inside.count { $0 == 0 }, coverage: means.estimate(0),
      meanMargin: means.estimate(1), meanShortfall: means.estimate(2),
      shortfallUSD: members.reduce(0) { $0 + rows[$1].shortfall(atMargin: margins[$1]) })
  }

  /// The tests of one policy's coverage in each market with a trial.
  ///
  /// Trials are a market's first judged snapshot and then always the first at least one information span later, so no
  /// two look at the same time; a trial of unknown loss is left out. The test of expected shortfall gives every margin the
  /// tail of the tuning period and simulates a Pareto tail.
  func coverageTests(of path: NamedPath) -> [CoverageTests] {
    guard let rung = headlineRung else { return [] }
    return replay.markets.indices.compactMap { index in
      let market = replay.markets[index]
      let points = market.judgedPoints(apart: replay.informationSpan)
      let sequences = LiquidationSide.allCases.map { side in
        points.compactMap { point in
          market.loss(ofJudged: point, side: side, rung: rung).map {
            $0 > path.margin(ofMarket: index, side: side, point: point, rung: rung)
          }
        }
      }
      let trials = sequences.reduce(0) { $0 + $1.count }
      if trials == 0 { return nil }
      let exceedances = sequences.reduce(0) { $0 + $1.count { $0 } }
      let tail = ExpectedShortfallTest.z2(
        of: tailForecasts(of: path, market: index, points: points, rung: rung), missRate: 1 - target)
      return CoverageTests(
        market: market.market, trials: trials, exceedances: exceedances, results: tests(sequences) + [TestResult(tail)],
        trafficLight: trafficLight(exceedances, trials))
    }
  }

  private func tailForecasts(
    of path: NamedPath, market index: Int, points: [Int], rung: Int
  ) -> [TailForecast] {
    let chosen = Set(points)
    return rows.compactMap { row in
      guard row.market == index, row.rung == rung, chosen.contains(row.point) else { return nil }
      let margin = path.margin(ofMarket: index, side: row.side, point: row.point, rung: rung)
      return tails.forecast(of: row, margin: margin)
    }
  }
}

extension ReplayedMarket {
  /// Among the judged points the first, then always the first at least `span` later.
  func judgedPoints(apart span: TimeSpan) -> [Int] {
    var chosen: [Int] = []
    var next = Timestamp.distantPast
    for position in judged where points[position].time >= next {
      chosen.append(position - judgedStart)
      next = points[position].time + span
    }
    return chosen
  }

  /// The loss that followed a judged point; nil where unknown.
  func loss(ofJudged point: Int, side: LiquidationSide, rung: Int) -> Double? {
    let losses = points[judgedStart + point].sides[side].losses
    return losses.indices.contains(rung) && losses[rung].isFinite ? losses[rung] : nil
  }
}
