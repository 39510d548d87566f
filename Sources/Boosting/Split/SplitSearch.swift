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

  /// Whether this one is to be taken before another: by gain, then the lower column.
  package func precedes(_ other: SplitCandidate?) -> Bool {
    guard let other else { return true }
    return gain > other.gain || (gain == other.gain && column < other.column)
  }
}

/// Finds the best split of a node by one column.
package struct SplitSearch: Sendable {
  package let rules: SplitRules
  /// The sum of the node's rows.
  package let total: SIMD2<Int64>
  /// What the node's value must keep to.
  package let bounds: ValueBounds

  package init(rules: SplitRules, total: SIMD2<Int64>, bounds: ValueBounds) {
    self.rules = rules
    self.total = total
    self.bounds = bounds
  }

  /// The split with the largest gain, of equal ones that at the lowest bin, with undefined values left before right;
  /// nil when none gains enough.
  ///
  /// Where no undefined value is among the node's rows they go to the side of more rows, to the left one of equal ones.
  ///
  /// - Parameter histogram: The sums of the column's bins, that of undefined values at `ColumnBins.missing`.
  package func best(
    column: Int, histogram: UnsafePointer<SIMD2<Int64>>, bins: Int, constraint: MonotoneConstraint
  ) -> SplitCandidate? {
    let missing = histogram[Int(ColumnBins.missing)]
    let hasMissing = rules.units.rows(of: missing) > 0
    let before = reductionBefore
    // Below this a gain is rounding.
    var best = max(rules.minimumGain, abs(before) * 1e-12, .leastNonzeroMagnitude).nextDown
    var found: (bin: Int, left: SIMD2<Int64>, missing: RegressionTree.MissingSide)?
    var present = SIMD2<Int64>.zero
    // With undefined values the last bin may end the left side: it parts values from undefined ones.
    for bin in 0..<(hasMissing ? bins : max(bins - 1, 0)) {
      let sum = histogram[bin]
      if sum.y == 0 { continue }
      present &+= sum
      if hasMissing {
        let with = present &+ missing
        let gain = self.gain(left: with, constraint: constraint) - before
        if gain > best { (best, found) = (gain, (bin, with, .left)) }
      }
      let gain = self.gain(left: present, constraint: constraint) - before
      if gain > best { (best, found) = (gain, (bin, present, .right)) }
    }
    return found.map { found in
      let rows = rules.units.rows(of: found.left)
      let side = hasMissing ? found.missing : rows * 2 >= rules.units.rows(of: total) ? .left : .right
      return SplitCandidate(gain: best, column: column, bin: found.bin, missing: side, left: found.left)
    }
  }

  /// The reduction of the objective by the undivided node.
  package var reductionBefore: Double {
    rules.reduction(of: total, at: rules.value(of: total, within: bounds))
  }

  @inline(__always)
  private func gain(left: SIMD2<Int64>, constraint: MonotoneConstraint) -> Double {
    let right = total &- left
    guard rules.allows(left), rules.allows(right) else { return -.infinity }
    if isFree && constraint == .none { return rules.largestReduction(of: left) + rules.largestReduction(of: right) }
    let (low, high) = (rules.value(of: left, within: bounds), rules.value(of: right, within: bounds))
    if constraint == .increasing ? low > high : constraint == .decreasing && low < high { return -.infinity }
    return rules.reduction(of: left, at: low) + rules.reduction(of: right, at: high)
  }

  private var isFree: Bool { bounds.lower == -.infinity && bounds.upper == .infinity }
}
