import Markets

extension MarginPath {
  /// The path of a rule that gives a margin for each judged point, side and size; below zero becomes zero, and an
  /// undefined margin the full notional.
  init(
    of market: ReplayedMarket, in replay: Replay,
    rule: (_ point: Int, _ side: LiquidationSide, _ size: Int) -> Double
  ) {
    self.init(
      market: market.market,
      margins: BySide { side in
        market.judged.map { point in
          replay.notionals.indices.map { size in
            let margin = rule(point, side, size)
            return margin.isNaN ? 1 : max(0, margin)
          }
        }
      })
  }
}
