/// Numbers in rising order, without those that are undefined.
package struct SortedSample: Sendable {
  private var values: [Double]

  /// Sorts numbers; NaN is left out.
  package init(_ values: [Double]) {
    self.values = values.filter { !$0.isNaN }.sorted()
  }

  /// The ⌈level (n + 1)⌉-th smallest number, at most the largest; nil when there is none.
  ///
  /// For exchangeable numbers the next one lies at or below it with at least the probability `level`, unless the sample
  /// is smaller than level / (1 − level).
  package func quantile(_ level: Double) -> Double? {
    if values.isEmpty { return nil }
    let level = level >= 0 ? min(1, level) : 0
    let rank = (level * Double(values.count + 1) - 1e-9).rounded(.up)
    return values[min(values.count, max(1, Int(rank))) - 1]
  }

  /// Adds numbers in one merge; NaN is left out.
  ///
  /// - Complexity: O(n + m log m) for m new numbers.
  package mutating func insert(_ others: [Double]) {
    let added = SortedSample(others).values
    if added.isEmpty { return }
    var merged: [Double] = []
    merged.reserveCapacity(values.count + added.count)
    var position = 0
    for value in values {
      while position < added.count, added[position] < value {
        merged.append(added[position])
        position += 1
      }
      merged.append(value)
    }
    merged.append(contentsOf: added[position...])
    values = merged
  }
}
