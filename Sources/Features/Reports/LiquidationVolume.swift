import Markets

/// Notional of forced executions by the side on which they execute, in quote currency.
struct LiquidationVolume: WindowSummary {
  private(set) var notional: BySide<Double>

  init(_ notional: BySide<Double>) {
    self.notional = notional
  }

  func joined(with later: LiquidationVolume) -> LiquidationVolume {
    LiquidationVolume(
      BySide(sell: notional.sell + later.notional.sell, buy: notional.buy + later.notional.buy))
  }
}
