/// Finds the bins of one column's values.
package struct BinSearch: Sendable {
  /// The thresholds but the last, filled up with infinity to one less than a power of two.
  private let thresholds: [Double]

  package init(_ bins: ColumnBins) {
    let inner = bins.thresholds.dropLast()
    var size = 1
    while size < inner.count { size = size * 2 + 1 }
    thresholds = inner + [Double](repeating: .infinity, count: size - inner.count)
  }

  /// Writes the bins of values.
  ///
  /// Four searches go side by side, each without a branch, so that none waits for memory or for a guess.
  ///
  /// - Precondition: There is room for as many bins as values.
  package func bin(_ values: Span<Double>, into bins: UnsafeMutablePointer<UInt8>) {
    let thresholds = self.thresholds.span
    let half = (thresholds.count + 1) / 2
    var index = 0
    while index + 4 <= values.count {
      let (a, b) = (values[unchecked: index], values[unchecked: index + 1])
      let (c, d) = (values[unchecked: index + 2], values[unchecked: index + 3])
      var found = (0, 0, 0, 0)
      var step = half
      while step > 0 {
        found.0 &+= Self.advance(a, thresholds, found.0, step)
        found.1 &+= Self.advance(b, thresholds, found.1, step)
        found.2 &+= Self.advance(c, thresholds, found.2, step)
        found.3 &+= Self.advance(d, thresholds, found.3, step)
        step >>= 1
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
    var step = (thresholds.count + 1) / 2
    while step > 0 {
      found += Self.advance(value, thresholds, found, step)
      step >>= 1
    }
    return Self.byte(found, of: value)
  }

  /// `step` when the value is above the threshold that far on; `found + step` never passes their number.
  @inline(__always)
  private static func advance(_ value: Double, _ thresholds: Span<Double>, _ found: Int, _ step: Int) -> Int {
    let isAbove: Int = value > thresholds[unchecked: found &+ step &- 1] ? -1 : 0
    return isAbove & step
  }

  @inline(__always)
  private static func byte(_ found: Int, of value: Double) -> UInt8 {
    value.isNaN ? ColumnBins.missing : UInt8(truncatingIfNeeded: found)
  }
}
