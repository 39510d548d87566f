/// The initial margin fraction of dYdX v4, which rises with a market's open interest.
///
/// `min(1, base + max(0, (OI·P − L) / (U − L)) (1 − base))`: the base up to the lower cap `L`, the whole notional from the
/// upper cap `U` on. The maintenance margin does not change with it. Source:
/// https://docs.dydx.xyz/concepts/trading/margin
public struct OpenInterestScaling: Hashable, Sendable {
  /// The initial margin fraction up to the lower cap.
  public let base: Double
  /// The open notional from which the fraction rises, in quote currency.
  public let lowerCap: Double
  /// The open notional from which the whole notional is asked for, in quote currency.
  public let upperCap: Double

  /// Creates a scaling, or nil unless the base is from 0 to 1 and `0 ≤ lowerCap < upperCap`, all finite.
  public init?(base: Double, lowerCap: Double, upperCap: Double) {
    guard (0...1).contains(base), lowerCap >= 0, lowerCap < upperCap, upperCap.isFinite else { return nil }
    self.base = base
    self.lowerCap = lowerCap
    self.upperCap = upperCap
  }

  /// The initial margin as a fraction of notional at an open notional in quote currency; nil for NaN.
  public func initialMargin(atOpenNotional openNotional: Double) -> Double? {
    if openNotional.isNaN { return nil }
    if openNotional >= upperCap { return 1 }
    let rise = max(0, (openNotional - lowerCap) / (upperCap - lowerCap))
    return min(1, base + rise * (1 - base))
  }
}
