/// The digits of a number below 10^17, from the first to the last.
struct SeventeenDigits {
  private let first: UInt64
  private let middle: UInt64
  private let last: UInt64

  init(_ value: UInt64) {
    let (upper, lower) = value.quotientAndRemainder(dividingBy: 100_000_000)
    let (first, middle) = upper.quotientAndRemainder(dividingBy: 100_000_000)
    self.first = first
    self.middle = Self.spread(middle)
    last = Self.spread(lower)
  }

  /// The eight digits of a number in the eight bytes of a word, the first in the lowest: halves, then pairs, then digits
  /// are parted at once, which is the way of `ByteScanner.decimal()` back.
  @inline(__always)
  private static func spread(_ value: UInt64) -> UInt64 {
    let halves = value / 10_000 | (value % 10_000) << 32
    let hundreds = (halves &* 10_486) >> 20 & 0x7F_0000_007F
    let pairs = hundreds | (halves &- 100 &* hundreds) << 16
    let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (pairs &- 10 &* tens) << 8
  }

  /// The number of zeros at the end; 17 for zero.
  var trailingZeros: Int {
    if last != 0 { return last.leadingZeroBitCount / 8 }
    if middle != 0 { return 8 + middle.leadingZeroBitCount / 8 }
    return first != 0 ? 16 : 17
  }

  /// The number of zeros at the beginning; 17 for zero.
  var leadingZeros: Int {
    if first != 0 { return 0 }
    if middle != 0 { return 1 + middle.trailingZeroBitCount / 8 }
    return 9 + last.trailingZeroBitCount / 8
  }

  /// Writes all 17 digits as text.
  @inline(__always)
  func write(to text: UnsafeMutableRawPointer) {
    let zeros: UInt64 = 0x3030_3030_3030_3030
    text.storeBytes(of: UInt8(truncatingIfNeeded: first | zeros), as: UInt8.self)
    text.storeBytes(of: (middle | zeros).littleEndian, toByteOffset: 1, as: UInt64.self)
    text.storeBytes(of: (last | zeros).littleEndian, toByteOffset: 9, as: UInt64.self)
  }
}
