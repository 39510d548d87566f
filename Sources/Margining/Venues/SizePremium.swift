/// The margin ratio of Drift v2, which grows with the square root of a position's size.
///
/// `max(ratio, 4/5 · ratio + factor · √(size + 10⁻¹⁰))` in units of the base asset, computed in the integers of the
/// protocol: sizes in billionths, factors in millionths, ratios in ten-thousandths, each division rounded down. A factor of
/// zero leaves the ratio as it is. Source:
/// https://github.com/drift-labs/protocol-v2/blob/master/programs/drift/src/math/margin.rs
/// (`calculate_size_premium_liability_weight`).
public struct SizePremium: Hashable, Sendable {
  /// The margin ratio of a small position, in ten-thousandths of notional.
  public let ratio: UInt32
  /// The size factor, in millionths.
  public let factor: UInt32

  /// Creates a premium from a ratio in ten-thousandths and a factor in millionths.
  public init(ratio: UInt32, factor: UInt32) {
    self.ratio = ratio
    self.factor = factor
  }

  /// The margin ratio in ten-thousandths of notional, for a size in billionths of the base asset.
  public func ratio(ofSize size: UInt64) -> UInt64 {
    if factor == 0 { return UInt64(ratio) }
    // The root, in hundred-thousandths, is below 2³⁴.
    let root = UInt128(Self.squareRoot(UInt128(size) * 10 + 1))
    let reduced = UInt64(ratio) - UInt64(ratio) / 5
    return max(UInt64(ratio), reduced + UInt64(truncatingIfNeeded: root * UInt128(factor) / 10_000_000))
  }

  /// The largest whole number whose square is at most `value`, by Newton's method from above.
  private static func squareRoot(_ value: UInt128) -> UInt64 {
    if value < 2 { return UInt64(value) }
    var estimate = UInt128(1) << UInt128((128 - value.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (estimate + value / estimate) / 2
      if next >= estimate { return UInt64(truncatingIfNeeded: estimate) }
      estimate = next
    }
  }
}
