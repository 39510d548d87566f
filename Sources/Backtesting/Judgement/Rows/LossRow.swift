import Markets

/// A judged snapshot's side and size of position whose loss is known.
struct LossRow: Sendable {
  /// The position of the market among the replay's.
  let market: Int
  /// The side on which the position is closed out.
  let side: LiquidationSide
  /// The position of the size among the replay's.
  let rung: Int
  /// The position of the snapshot among the market's judged points.
  let point: Int
  /// The UTC day of the snapshot.
  let day: Int
  /// Whether the market was under stress at the snapshot.
  let regime: Regime
  /// The size in quote currency.
  let notional: Double
  /// The loss that followed, as a fraction of notional.
  let loss: Double

  /// The loss above a margin, in quote currency.
  func shortfall(atMargin margin: Double) -> Double { max(0, loss - margin) * notional }
}

extension Replay {
  /// Every row of known loss: market by market, in time order, sell before buy, sizes rising.
  func lossRows() -> [LossRow] { markets.indices.flatMap(lossRows(ofMarket:)) }

  private func lossRows(ofMarket index: Int) -> [LossRow] {
    let market = markets[index]
    let regimes = market.judgedRegimes()
    var rows: [LossRow] = []
    for (position, regime) in zip(market.judged, regimes) {
      let point = market.points[position]
      for side in LiquidationSide.allCases {
        for (rung, loss) in zip(notionals.indices, point.sides[side].losses) where loss.isFinite {
          rows.append(
            LossRow(
              market: index, side: side, rung: rung, point: position - market.judgedStart, day: point.time.day,
              regime: regime, notional: notionals[rung], loss: loss))
        }
      }
    }
    return rows
  }
}
