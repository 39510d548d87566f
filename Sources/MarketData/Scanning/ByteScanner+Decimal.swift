/// Numbers in decimal text.
extension ByteScanner {
  /// Longer numerals are refused, so that a line of digits costs no more than its length.
  private static let numeralLimit = 1_024

  /// Reads `-?digits(.digits)?([eE][+-]?digits)?` as the nearest `Double`, ties to even; nil when no numeral of at most
  /// 1,024 bytes comes next.
  ///
  /// The result has the bits of `Double(text)` for every accepted text. Magnitudes above the range give infinity.
  @inline(__always)
  package mutating func decimal() -> Double? { briefDecimal() ?? shortDecimal() ?? anyDecimal() }

  /// Reads `digits(.digits)` of at most seven bytes; nil, having moved nowhere, for any other form and within the last bytes.
  ///
  /// Most prices and sizes of a book are such: one word holds them and the byte behind them, so that the place of the next
  /// numeral is known after few steps. The value is again the one that `anyDecimal` gives.
  @inline(__always)
  mutating func briefDecimal() -> Double? {
    let start = position
    guard start &+ 8 <= bytes.count else { return nil }
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let digits = word ^ 0x3030_3030_3030_3030
    let others = Self.others(than: digits)
    let whole = others.trailingZeroBitCount / 8
    let hasPoint = bytes[start &+ min(whole, 7)] == Ascii.point
    // A point carries nothing into later bytes, so that the mark behind it is right.
    let end = (hasPoint ? others & (others &- 1) : others).trailingZeroBitCount / 8
    let fraction = hasPoint ? end &- whole &- 1 : 0
    guard whole > 0, end < 8, !hasPoint || fraction > 0 else { return nil }
    if bytes[start &+ end] | 0x20 == Ascii.lowerE { return nil }
    position = start &+ end
    // The digits behind the point move up to those before it.
    let before = (1 as UInt64) &<< UInt64(truncatingIfNeeded: 8 &* whole) &- 1
    let joined = (digits & before) | ((digits &>> 8) & ~before)
    let count = hasPoint ? end &- 1 : end
    return Double(Self.number(joined, count: count)) / exactPowersOfTen[fraction]
  }

  /// Marks in the highest bit the bytes that are no digits, given with `0` as 0; behind the first one marks may be wrong.
  @inline(__always)
  private static func others(than digits: UInt64) -> UInt64 {
    // A carry out of a byte that is no digit reaches later bytes only.
    ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
  }

  /// The number that the first digits of a word form, one to eight of them.
  ///
  /// The idea of D. Lemire, "Quickly parsing eight digits": pairs, then fours, then all eight are joined at once.
  @inline(__always)
  private static func number(_ digits: UInt64, count: Int) -> UInt64 {
    // The digits move to the end, with zeros before them.
    let aligned = digits &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    let pairs = aligned &* 10 &+ (aligned &>> 8)
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let joined =
      (pairs & mask) &* 0x000F_4240_0000_0064 &+ ((pairs &>> 16) & mask) &* 0x0000_2710_0000_0001
    return joined &>> 32
  }

  /// Reads `digits(.digits)` with at most eight digits before and eight after the point; nil, having moved nowhere, for
  /// any other form and within the last bytes.
  ///
  /// Nearly all numerals are such: their digits become numbers eight at a time, and the value is the one that
  /// `anyDecimal` gives, bit for bit, by the same operations.
  @inline(__always)
  mutating func shortDecimal() -> Double? {
    var index = position
    guard index &+ 18 <= bytes.count else { return nil }
    let whole = digitRun(at: index)
    index &+= whole.count
    if whole.count == 0 { return nil }
    var next = bytes[index]
    var value = Double(whole.value)
    if next == Ascii.point {
      let fraction = digitRun(at: index &+ 1)
      if fraction.count == 0 { return nil }
      index &+= fraction.count &+ 1
      next = index < bytes.count ? bytes[index] : 0
      let significand = whole.value &* integerPowersOfTen[fraction.count] &+ fraction.value
      if significand > 1 << 53 { return nil }
      value = Double(significand) / exactPowersOfTen[fraction.count]
    }
    if next &- Ascii.zero <= 9 || next | 0x20 == Ascii.lowerE { return nil }
    position = index
    return value
  }

  /// The number that up to eight digits from `index` on form, and how many they are; eight bytes must follow there.
  @inline(__always)
  private func digitRun(at index: Int) -> (value: UInt64, count: Int) {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let digits = word ^ 0x3030_3030_3030_3030
    let count = Self.others(than: digits).trailingZeroBitCount / 8
    return count == 0 ? (0, 0) : (Self.number(digits, count: count), count)
  }

  @inline(never)
  private mutating func anyDecimal() -> Double? {
    let start = position
    let count = bytes.count
    var index = start
    var isNegative = false
    if index < count, bytes[index] == Ascii.minus {
      isNegative = true
      index += 1
    }
    var significand = Significand()
    let integerStart = index
    index = significand.appendDigits(of: bytes, from: index)
    if index == integerStart { return nil }
    var exponent = 0
    if index < count, bytes[index] == Ascii.point {
      let fractionStart = index + 1
      index = significand.appendDigits(of: bytes, from: fractionStart)
      if index == fractionStart { return nil }
      exponent = fractionStart - index
    }
    if index < count, bytes[index] | 0x20 == Ascii.lowerE {
      guard let (power, end) = exponentPart(from: index + 1) else { return nil }
      exponent += power
      index = end
    }
    position = index
    if let magnitude = significand.scaled(byPowerOfTen: exponent) { return isNegative ? -magnitude : magnitude }
    return libraryValue(from: start, to: index)
  }

  /// Reads `-?digits` as an integer; nil when none comes next or it exceeds 64 bits.
  @inline(__always)
  package mutating func integer() -> Int64? {
    let start = position
    let isNegative = take(Ascii.minus)
    let firstDigit = position
    var value: Int64 = 0
    while position < bytes.count {
      let digit = bytes[position] &- Ascii.zero
      if digit > 9 { break }
      let (product, productOverflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflow) =
        isNegative
        ? product.subtractingReportingOverflow(Int64(digit)) : product.addingReportingOverflow(Int64(digit))
      if productOverflow || sumOverflow {
        position = start
        return nil
      }
      value = sum
      position += 1
    }
    if position == firstDigit {
      position = start
      return nil
    }
    return value
  }

  private func exponentPart(from start: Int) -> (power: Int, end: Int)? {
    var index = start
    var isNegative = false
    if index < bytes.count, bytes[index] == Ascii.plus || bytes[index] == Ascii.minus {
      isNegative = bytes[index] == Ascii.minus
      index += 1
    }
    let firstDigit = index
    var power = 0
    while index < bytes.count {
      let digit = bytes[index] &- Ascii.zero
      if digit > 9 { break }
      power = min(power * 10 + Int(digit), 1_000_000)
      index += 1
    }
    return index == firstDigit ? nil : (isNegative ? -power : power, index)
  }

  @inline(never)
  private func libraryValue(from start: Int, to end: Int) -> Double? {
    if end - start > Self.numeralLimit { return nil }
    return Double(String(decoding: bytes[start..<end], as: UTF8.self))
  }
}

/// The leading digits of a numeral as an integer.
private struct Significand {
  private var value: UInt64 = 0
  private var isTruncated = false

  /// Adds the digits from `start` on and returns the index after them.
  @inline(__always)
  mutating func appendDigits(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let digit = bytes[index] &- Ascii.zero
      if digit > 9 { break }
      if value <= (UInt64.max - 9) / 10 {
        value = value &* 10 &+ UInt64(digit)
      } else {
        isTruncated = true
      }
      index += 1
    }
    return index
  }

  /// `value · 10^exponent` correctly rounded, or nil where neither exact method below applies.
  ///
  /// Up to 2^53 and 10^±22 both operands are exact, so one operation rounds once (W. D. Clinger, "How to read floating
  /// point numbers accurately", doi:10.1145/93548.93557). Larger significands with up to 19 decimals are divided as
  /// integers, the remainder kept as a sticky bit.
  @inline(__always)
  func scaled(byPowerOfTen exponent: Int) -> Double? {
    if isTruncated { return nil }
    if value <= 1 << 53, exponent >= -22, exponent <= 22 {
      let significand = Double(value)
      return exponent < 0 ? significand / exactPowersOfTen[-exponent] : significand * exactPowersOfTen[exponent]
    }
    if value == 0 { return 0 }
    return exponent <= 0 && exponent >= -19 ? quotient(byPowerOfTen: -exponent) : nil
  }

  @inline(never)
  private func quotient(byPowerOfTen power: Int) -> Double {
    let divisor = integerPowersOfTen[power]
    let valueShift = value.leadingZeroBitCount
    let divisorShift = divisor.leadingZeroBitCount
    let normalised = value << UInt64(valueShift)
    // The high word is below 2^63 and the divisor is not, so the quotient fits; it has at least 62 significant bits,
    // so that the lowest can carry "something remains" into the one rounding of the conversion.
    let (quotient, remainder) = (divisor << UInt64(divisorShift))
      .dividingFullWidth((high: normalised >> 1, low: normalised << 63))
    let rounded = Double(remainder == 0 ? quotient : quotient | 1)
    return rounded * Double(sign: .plus, exponent: divisorShift - valueShift - 63, significand: 1)
  }
}

private let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

private let integerPowersOfTen: [UInt64] = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
  100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
  10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
