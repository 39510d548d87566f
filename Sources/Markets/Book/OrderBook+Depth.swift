/// Questions about displayed liquidity near the mid.
extension OrderBook {
  /// The notional displayed on `side` within `distance` (a fraction) of the mid, its edge included; nil without a mid.
  ///
  /// In quote currency. When the visible book ends inside the distance the figure is a lower bound: see `coverage`.
  public func depth(within distance: Double, on side: LiquidationSide) -> Double? {
    guard let mid else { return nil }
    return Self.depth(of: levels(against: side), side: side, mid: mid, within: distance)
  }

  @inline(__always)
  private static func depth(
    of levels: [BookLevel], side: LiquidationSide, mid: Double, within distance: Double
  ) -> Double {
    let limit = mid * (1 - side.sign * distance)
    var total = 0.0
    for level in levels {
      if side == .sell ? level.price < limit : level.price > limit { break }
      total += level.notional
    }
    return total
  }

  /// The distance of the last visible level on `side` from the mid, as a fraction; nil without a mid.
  ///
  /// What lies beyond is censored, not empty: a recorder keeps only so many levels.
  public func coverage(on side: LiquidationSide) -> Double? {
    guard let mid, let last = levels(against: side).last else { return nil }
    return side.sign * (mid - last.price) / mid
  }
}
