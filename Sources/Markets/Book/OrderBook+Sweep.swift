/// What a liquidation that walks the visible book pays.
public struct Sweep: Hashable, Sendable {
  /// The mean execution price, in quote currency per base unit.
  ///
  /// The part that the book did not hold executes at the reach.
  public let price: Double
  /// The loss against the mid as a fraction of it, `σ (m − VWAP) / m`; negative only in a crossed book.
  public let cost: Double
  /// Whether the book within the reach held less than the notional.
  public let isExhausted: Bool
  /// Whether the visible book ended before the reach while notional was left.
  ///
  /// The true book may have held more there. The cost charges the reach itself for the unseen part, the most that
  /// any level inside the reach could cost.
  public let isCensored: Bool
}

extension OrderBook {
  /// The outcome of executing `notional` on `side` against levels within `reach` (a fraction) of the mid; nil without a mid.
  ///
  /// `notional` is in quote currency, valued at the mid: `notional / mid` base units are executed, so that sell and buy
  /// move the same quantity. A remainder that the book does not hold is charged the reach. `notional` must be above zero.
  public func sweep(_ notional: Double, on side: LiquidationSide, reach: Double) -> Sweep? {
    guard let mid else { return nil }
    let levels = levels(against: side)
    let limit = mid * (1 - side.sign * reach)
    let quantity = notional / mid
    var remaining = quantity
    var value = 0.0
    var visibleEndsInside = true
    for level in levels {
      if side == .sell ? level.price < limit : level.price > limit {
        visibleEndsInside = false
        break
      }
      let executed = min(remaining, level.size)
      value += executed * level.price
      remaining -= executed
      if remaining <= 0 { break }
    }
    let isExhausted = remaining > 0
    if isExhausted { value += remaining * limit }
    let price = value / quantity
    return Sweep(
      price: price, cost: side.sign * (mid - price) / mid, isExhausted: isExhausted,
      isCensored: isExhausted && visibleEndsInside)
  }
}
