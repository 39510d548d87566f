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
    var starts = [Int](repeating: 0, count: digits)
    for shift in stride(from: 0, to: UInt64.bitWidth, by: digitBits) {
      count(keys.span, shift, into: &starts)
      if starts.contains(keys.count) { continue }
      var start = 0
      for digit in 0..<digits { (starts[digit], start) = (start, start + starts[digit]) }
      var target = other.mutableSpan
      var places = starts.mutableSpan
      move(keys.span, shift, from: &places, to: &target)
      swap(&keys, &other)
    }
    return keys.map(value)
  }

  private static var digits: Int { 1 << digitBits }

  /// Counts the keys of each digit.
  private static func count(_ keys: Span<UInt64>, _ shift: Int, into counts: inout [Int]) {
    var counts = counts.mutableSpan
    for digit in 0..<digits { counts[digit] = 0 }
    // A digit is below the number of counts.
    for index in keys.indices { counts[unchecked: digit(of: keys[unchecked: index], shift)] &+= 1 }
  }

  /// Moves the keys to the places of their digits, in order, and moves the places on.
  private static func move(
    _ keys: Span<UInt64>, _ shift: Int, from places: inout MutableSpan<Int>, to target: inout MutableSpan<UInt64>
  ) {
    // The places of the digits divide those of the target by how many keys have each.
    for index in keys.indices {
      let key = keys[unchecked: index]
      let digit = digit(of: key, shift)
      let place = places[unchecked: digit]
      target[unchecked: place] = key
      places[unchecked: digit] = place &+ 1
    }
  }

  @inline(__always)
  private static func digit(of key: UInt64, _ shift: Int) -> Int {
    Int(truncatingIfNeeded: key &>> UInt64(shift)) & ((1 << digitBits) - 1)
  }

  private static func key(of value: Double) -> UInt64 {
    let bits = value.bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func value(of key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
