extension RegressionTree {
  /// What keeps splits and leaves from being one binary tree of usable numbers, in words; nil when nothing does.
  ///
  /// Every split and every leaf must be reached exactly once. Numbers are finite, but for a threshold of +∞.
  ///
  /// - Complexity: O(splits).
  static func flaw(splits: [Split], leaves: [Leaf]) -> String? {
    guard leaves.count == splits.count + 1 else {
      return "\(splits.count) splits need \(splits.count + 1) leaves, not \(leaves.count)"
    }
    for (index, leaf) in leaves.enumerated() where !(leaf.value.isFinite && leaf.hessian.isFinite && leaf.rows >= 0) {
      return "a number of leaf \(index) is not usable"
    }
    var isReached = [Bool](repeating: false, count: splits.count)
    var isLeafReached = [Bool](repeating: false, count: leaves.count)
    for (index, split) in splits.enumerated() {
      guard split.hasUsableNumbers else { return "a number of split \(index) is not usable" }
      guard index == 0 || isReached[index] else { return "no split above split \(index) leads to it" }
      for child in [split.left, split.right] {
        if child >= 0 {
          guard child > index, child < splits.count else { return "split \(index) has no child split \(child)" }
          guard !isReached[child] else { return "split \(child) is reached twice" }
          isReached[child] = true
        } else {
          guard ~child < leaves.count else { return "split \(index) has no leaf \(~child)" }
          guard !isLeafReached[~child] else { return "leaf \(~child) is reached twice" }
          isLeafReached[~child] = true
        }
      }
    }
    return nil
  }
}

extension RegressionTree.Split {
  fileprivate var hasUsableNumbers: Bool {
    column >= 0 && threshold > -.infinity && gain.isFinite && value.isFinite && rows >= 0 && hessian.isFinite
  }
}
