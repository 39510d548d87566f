/// Finds the bins of one column's values.
package struct BinSearch: Sendable {
  /// The thresholds but the last, filled up with infinity to one less than 2^`levels`.
  private let thresholds: [Double]
  private let levels: Int

  package init(_ bins: ColumnBins) {
    let inner = bins.thresholds.dropLast()
    levels = Int.bitWidth - inner.count.leadingZeroBitCount
    thresholds = inner + [Double](repeating: .infinity, count: (1 << levels) - 1 - inner.count)
  }

  /// Writes the bins of values.
  ///
  /// Four searches go side by side, each without a branch, so that none waits for memory or for a guess.
  ///
  /// - Precondition: There is room for as many bins as values.
  package func bin(_ values: Span<Double>, into bins: UnsafeMutablePointer<UInt8>) {
    let thresholds = self.thresholds.span
    var index = 0
    while index + 4 <= values.count {
      let (a, b) = (values[unchecked: index], values[unchecked: index + 1])
      let (c, d) = (values[unchecked: index + 2], values[unchecked: index + 3])
      var found = (0, 0, 0, 0)
      var level = levels
      while level > 0 {
        level &-= 1
        found.0 &+= Self.advance(a, thresholds, found.0, level)
        found.1 &+= Self.advance(b, thresholds, found.1, level)
        found.2 &+= Self.advance(c, thresholds, found.2, level)
        found.3 &+= Self.advance(d, thresholds, found.3, level)
      }
      bins[index] = Self.byte(found.0, of: a)
      bins[index + 1] = Self.byte(found.1, of: b)
      bins[index + 2] = Self.byte(found.2, of: c)
      bins[index + 3] = Self.byte(found.3, of: d)
      index += 4
    }
    while index < values.count {
      bins[index] = bin(of: values[unchecked: index])
      index += 1
    }
  }

  /// The bin of one value.
  package func bin(of value: Double) -> UInt8 {
    let thresholds = self.thresholds.span
    var found = 0
    for level in (0..<levels).reversed() { found += Self.advance(value, thresholds, found, level) }
    return Self.byte(found, of: value)
  }

  /// 2^`level` when the value is above the threshold that far on; that is never past their number.
  @inline(__always)
  private static func advance(_ value: Double, _ thresholds: Span<Double>, _ found: Int, _ level: Int) -> Int {
    // A shifted bit, for a choice would be made by a branch.
    let isAbove: UInt8 = value > thresholds[unchecked: found &+ (1 &<< level) &- 1] ? 1 : 0
    return Int(isAbove) &<< level
  }

  @inline(__always)
  private static func byte(_ found: Int, of value: Double) -> UInt8 {
    value.isNaN ? ColumnBins.missing : UInt8(truncatingIfNeeded: found)
  }
}
