/// A way to split a node.
package struct SplitCandidate: Hashable, Sendable {
  /// How much it lowers the objective.
  package let gain: Double
  /// The column that is asked.
  package let column: Int
  /// The last bin that goes left.
  package let bin: Int
  /// Where undefined values go.
  package let missing: RegressionTree.MissingSide
  /// The sum of the rows that go left.
  package let left: SIMD2<Int64>

  package init(gain: Double, column: Int, bin: Int, missing: RegressionTree.MissingSide, left: SIMD2<Int64>) {
    self.gain = gain
    self.column = column
    self.bin = bin
    self.missing = missing
    self.left = left
  }

  /// Whether this one is to be taken before another: by gain, then the lower column.
  package func precedes(_ other: SplitCandidate?) -> Bool {
    guard let other else { return true }
    return gain > other.gain || (gain == other.gain && column < other.column)
  }
}

/// The best split of a node by one column.
package struct ColumnSplit: BitwiseCopyable, Hashable, Sendable {
  /// How much it lowers the objective.
  package var gain = 0.0
  /// The last bin that goes left; below zero when no split was found.
  package var bin = -1
  /// Whether undefined values go left.
  package var isMissingLeft = false
  /// The sum of the rows that go left.
  package var left = SIMD2<Int64>.zero

  /// No split.
  package init() {}

  /// The split as one of the node's candidates; nil when there is none.
  package func candidate(column: Int) -> SplitCandidate? {
    guard bin >= 0 else { return nil }
    return SplitCandidate(
      gain: gain, column: column, bin: bin, missing: isMissingLeft ? .left : .right, left: left)
  }
}

/// Finds the best split of a node by one column.
package struct SplitSearch: Sendable {
  package let rules: SplitRules
  /// The sum of the node's rows.
  package let total: SIMD2<Int64>
  /// What the node's value must keep to.
  package let bounds: ValueBounds
  /// How much the objective falls by the undivided node.
  private let before: Double
  /// The gain that a split must be above: below it a gain is rounding.
  private let floor: Double

  package init(rules: SplitRules, total: SIMD2<Int64>, bounds: ValueBounds) {
    self.rules = rules
    self.total = total
    self.bounds = bounds
    before = rules.reduction(of: total, at: rules.value(of: total, within: bounds))
    floor = max(rules.minimumGain, abs(before) * 1e-12, .leastNormalMagnitude).nextDown
  }

  /// The split with the largest gain, of equal ones that at the lowest bin, with undefined values left before right.
  ///
  /// Where no undefined value is among the node's rows they go to the side of more rows, to the left one of equal ones.
  ///
  /// - Parameter histogram: The sums of the column's bins, that of undefined values at `ColumnBins.missing`.
  package func best(
    histogram: UnsafePointer<SIMD2<Int64>>, bins: Int, constraint: MonotoneConstraint
  ) -> ColumnSplit {
    let missing = histogram[Int(ColumnBins.missing)]
    var best = ColumnSplit()
    best.gain = floor
    if rules.units.rows(of: missing) == 0 {
      scan(histogram, bins: bins - 1, adding: .zero, constraint, &best)
      best.isMissingLeft = rules.units.rows(of: best.left) * 2 >= rules.units.rows(of: total)
    } else {
      // The last bin may end the left side: it parts values from undefined ones.
      var isLeft = best
      scan(histogram, bins: bins - 1, adding: missing, constraint, &isLeft)
      isLeft.isMissingLeft = true
      scan(histogram, bins: bins, adding: .zero, constraint, &best)
      let isEarlier = isLeft.gain == best.gain && isLeft.bin <= best.bin
      if isLeft.bin >= 0, isLeft.gain > best.gain || isEarlier { best = isLeft }
    }
    return best
  }

  /// Looks at the splits after each of the first bins, with `extra` on the left side.
  private func scan(
    _ histogram: UnsafePointer<SIMD2<Int64>>, bins: Int, adding extra: SIMD2<Int64>, _ constraint: MonotoneConstraint,
    _ best: inout ColumnSplit
  ) {
    guard constraint == .none, isFree else {
      return scanBound(histogram, bins: bins, adding: extra, constraint, &best)
    }
    var left = extra
    for bin in 0..<max(bins, 0) {
      let sum = histogram[bin]
      left &+= sum
      let right = total &- left
      guard sum.y != 0, rules.allows(left), rules.allows(right) else { continue }
      let gain = rules.largestReduction(of: left) + rules.largestReduction(of: right) - before
      if gain > best.gain { (best.gain, best.bin, best.left) = (gain, bin, left) }
    }
  }

  /// `scan` for children whose values are bounded or must be in order.
  private func scanBound(
    _ histogram: UnsafePointer<SIMD2<Int64>>, bins: Int, adding extra: SIMD2<Int64>, _ constraint: MonotoneConstraint,
    _ best: inout ColumnSplit
  ) {
    var left = extra
    for bin in 0..<max(bins, 0) {
      let sum = histogram[bin]
      left &+= sum
      let right = total &- left
      guard sum.y != 0, rules.allows(left), rules.allows(right) else { continue }
      let (low, high) = (rules.value(of: left, within: bounds), rules.value(of: right, within: bounds))
      if constraint == .increasing ? low > high : constraint == .decreasing && low < high { continue }
      let gain = rules.reduction(of: left, at: low) + rules.reduction(of: right, at: high) - before
      if gain > best.gain { (best.gain, best.bin, best.left) = (gain, bin, left) }
    }
  }

  private var isFree: Bool { bounds.lower == -.infinity && bounds.upper == .infinity }
}
