/// The bins of one column: bin `b` holds the values above the threshold of the bin before, up to its own.
package struct ColumnBins: Hashable, Sendable {
  /// The bin of undefined values, which no column's other bins reach.
  package static let missing: UInt8 = 255
  /// The largest number of bins besides the one for undefined values.
  package static let limit = 255

  /// The largest value of each bin, ascending; empty when the column has no value at all.
  ///
  /// Between two values that were seen it is their midpoint. The last is the greatest finite number, or infinity when
  /// that was seen.
  package let thresholds: [Double]

  /// The number of bins besides the one for undefined values.
  package var count: Int { thresholds.count }

  /// The bins of values in ascending order, none of them NaN: one for each distinct value where `limit` allows,
  /// otherwise of about equally many values, where a value with more than its share has a bin of its own.
  package init(ascending values: [Double], limit: Int) {
    let runs = Self.runs(of: values)
    let last = runs.count <= limit ? Array(runs.indices) : Self.lastRuns(of: runs.map(\.count), limit: limit)
    var thresholds = last.dropLast().map { Self.threshold(below: runs[$0].value, above: runs[$0 + 1].value) }
    if let greatest = runs.last?.value { thresholds.append(max(greatest, .greatestFiniteMagnitude)) }
    self.thresholds = thresholds
  }

  /// The bin of a value.
  package func bin(of value: Double) -> UInt8 {
    if value.isNaN { return Self.missing }
    var bin = 0
    while bin + 1 < thresholds.count, value > thresholds[bin] { bin += 1 }
    return UInt8(bin)
  }

  /// The distinct values and how often each occurs.
  private static func runs(of values: [Double]) -> [(value: Double, count: Int)] {
    var runs: [(value: Double, count: Int)] = []
    for value in values {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    return runs
  }

  /// The last distinct value of each of `limit` bins.
  private static func lastRuns(of counts: [Int], limit: Int) -> [Int] {
    let total = counts.reduce(0, +)
    let isHeavy = counts.map { $0 * limit >= total }
    var openBins = limit - isHeavy.count { $0 }
    var openRows = zip(counts, isHeavy).reduce(0) { $1.1 ? $0 : $0 + $1.0 }
    var rows = 0
    var last: [Int] = []
    for run in counts.indices.dropLast() where last.count < limit - 1 {
      rows += counts[run]
      let share = Double(openRows) / Double(max(openBins, 1))
      let isFull = Double(rows) >= share || (isHeavy[run + 1] && Double(rows) >= share / 2)
      guard isHeavy[run] || isFull else { continue }
      if !isHeavy[run] {
        openBins -= 1
        openRows -= rows
      }
      rows = 0
      last.append(run)
    }
    return last + [counts.count - 1]
  }

  /// A number that is not below `lower` and is below `upper`, where `lower < upper`: their midpoint if it is a number.
  private static func threshold(below lower: Double, above upper: Double) -> Double {
    if lower == -.infinity { return upper > -.greatestFiniteMagnitude ? -.greatestFiniteMagnitude : lower }
    let midpoint = lower / 2 + upper / 2
    return midpoint >= lower && midpoint < upper ? midpoint : lower
  }
}
