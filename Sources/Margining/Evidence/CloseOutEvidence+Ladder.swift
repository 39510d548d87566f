#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension CloseOutEvidence {
  /// The largest size of which anything is known, in quote currency.
  public var largestNotional: Double { rungs.last?.notional ?? 0 }

  /// What the rungs say of a quantity at any size: linear in the logarithm of the size between two rungs, the outermost
  /// rung's value outside the ladder.
  ///
  /// - Complexity: O(rungs).
  func reading(of quantity: (Rung) -> Double, at notional: Double) -> Double {
    guard let above = rungs.firstIndex(where: { $0.notional >= notional }) else {
      return rungs.last.map(quantity) ?? 0
    }
    let high = rungs[above]
    if above == 0 || high.notional == notional { return quantity(high) }
    let low = rungs[above - 1]
    let share = log(notional / low.notional) / log(high.notional / low.notional)
    return quantity(low) + share * (quantity(high) - quantity(low))
  }
}
