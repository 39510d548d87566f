/// Sorting of many floating-point numbers.
package enum Ascending {
  private static let digitBits = 11
  /// Below this number counting digits costs more than comparing values.
  private static let fewest = 600

  /// The values in ascending order, −0 before 0; none may be NaN.
  ///
  /// Radix sort of the bits, mapped so that their order as integers is that of the numbers.
  /// - Complexity: O(n).
  package static func sorted(_ values: [Double]) -> [Double] {
    if values.count < fewest { return values.sorted() }
    var keys = values.map(key)
    var other = keys
    let digits = 1 << digitBits
    for shift in stride(from: 0, to: UInt64.bitWidth, by: digitBits) {
      var starts = [Int](repeating: 0, count: digits + 1)
      for key in keys { starts[digit(of: key, shift) + 1] += 1 }
      if starts.contains(keys.count) { continue }
      for digit in 1...digits { starts[digit] += starts[digit - 1] }
      for key in keys {
        let digit = digit(of: key, shift)
        other[starts[digit]] = key
        starts[digit] += 1
      }
      swap(&keys, &other)
    }
    return keys.map(value)
  }

  private static func digit(of key: UInt64, _ shift: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(shift)) & ((1 << digitBits) - 1)
  }

  private static func key(of value: Double) -> UInt64 {
    let bits = value.bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func value(of key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
