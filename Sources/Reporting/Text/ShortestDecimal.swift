/// A number as the decimal with the fewest digits that reads back to the same value and, among those, the nearest one.
///
/// Source: R. Giulietti, "The Schubfach way to render doubles" (2020).
///
/// Only magnitudes between 2^-120 and 2^53 are taken. There each power of ten that is needed has an exact form of 128 bits,
/// and powers of five are all the table that is needed.
struct ShortestDecimal {
  /// The digits as an integer of exactly 17 digits, zeros at its end.
  let significand: UInt64
  /// The place of the decimal point: the value is `0.digits · 10^point`.
  let point: Int

  /// The number of digits of the significand.
  static let digitCount = 17

  /// The shortest decimal of a magnitude, or nil for one that is not taken.
  init?(magnitude: Double) {
    guard magnitude >= 0x1p-120, magnitude < 0x1p53 else { return nil }
    let bits = magnitude.significandBitPattern
    let significand = bits | 1 << 52
    let exponent = Int(magnitude.exponentBitPattern) - 1_075
    // Below a power of two the neighbour is half as far away as above.
    let isUneven = bits == 0
    let power = (exponent * 1_262_611 - (isUneven ? 524_031 : 0)) >> 22
    let scale = ScaledPower(ofTen: -power)
    let shift = UInt64(truncatingIfNeeded: exponent + scale.exponent)
    let middle = scale.product((significand << 2) &<< shift)
    // Bounds count when the significand is even, because reading rounds to even.
    let open = significand & 1
    let low = scale.product(((significand << 2) - (isUneven ? 1 : 2)) &<< shift) + open
    let high = scale.product(((significand << 2) + 2) &<< shift) - open
    let value = Self.shortest(low: low, middle: middle, high: high)
    let isShort = value < 10_000_000_000_000_000
    self.significand = isShort ? value &* 10 : value
    point = power + Self.digitCount - (isShort ? 1 : 0)
  }

  /// The best integer between bounds that are given as quarters: a multiple of ten where just one of the two nearest lies
  /// between them, else the one of both neighbours that does, else the nearer one.
  @inline(__always)
  private static func shortest(low: UInt64, middle: UInt64, high: UInt64) -> UInt64 {
    let below = middle >> 2
    let tens = below / 10 &* 10
    let isTensInside = low <= 4 &* tens
    let isNextTensInside = 4 &* tens &+ 40 <= high
    if isTensInside != isNextTensInside { return isTensInside ? tens : tens &+ 10 }
    let isBelowInside = low <= 4 &* below
    let isAboveInside = 4 &* below &+ 4 <= high
    if isBelowInside != isAboveInside { return isBelowInside ? below : below &+ 1 }
    let half = 4 &* below &+ 2
    let roundsUp = middle > half || (middle == half && below & 1 == 1)
    return roundsUp ? below &+ 1 : below
  }
}

/// A power of ten as a fraction of 128 bits, the highest of which is set.
private struct ScaledPower {
  private let high: UInt64
  private let low: UInt64
  /// What a product's factor is to be shifted by, beside its own exponent.
  let exponent: Int

  /// - Parameter power: 0 to 54.
  init(ofTen power: Int) {
    (high, low) = fractionsOfPowersOfFive[power]
    exponent = (power * 1_741_647) >> 19 + 1
  }

  /// The whole part of the product with a fraction, its last bit set when something was cut off.
  @inline(__always)
  func product(_ factor: UInt64) -> UInt64 {
    let carried = low.multipliedFullWidth(by: factor).high
    let (upper, lower) = high.multipliedFullWidth(by: factor)
    let (rest, overflow) = lower.addingReportingOverflow(carried)
    return (upper &+ (overflow ? 1 : 0)) | (rest > 1 ? 1 : 0)
  }
}

/// 5^0 to 5^54, each moved up until the highest of 128 bits is set.
private let fractionsOfPowersOfFive: [(high: UInt64, low: UInt64)] = {
  var power: UInt128 = 1
  return (0...54).map { _ in
    let fraction = power << UInt128(power.leadingZeroBitCount)
    power *= 5
    return (UInt64(truncatingIfNeeded: fraction >> 64), UInt64(truncatingIfNeeded: fraction))
  }
}()
