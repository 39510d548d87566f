/// A binary tree of numerical splits whose leaves carry values.
///
/// Splits are numbered from the root, 0, on; a split stands before the splits below it. A child of zero or more is a
/// split, a negative child `c` is the leaf `~c`. A tree without splits has one leaf.
public struct RegressionTree: Hashable, Sendable {
  /// Where a row without a value goes.
  public enum MissingSide: String, Codable, Sendable {
    /// To the left child.
    case left
    /// To the right child.
    case right
  }

  /// A question about one column: rows with `value <= threshold` go left, larger ones right, NaN to `missing`.
  public struct Split: Hashable, Sendable {
    /// The column that is asked.
    public let column: Int
    /// The largest value that goes left.
    public let threshold: Double
    /// Where NaN goes.
    public let missing: MissingSide
    /// The left child.
    public let left: Int
    /// The right child.
    public let right: Int
    /// How much the split lowers the training objective; zero or more.
    public let gain: Double
    /// The value that the node would have as a leaf.
    public let value: Double
    /// The number of training rows that reach the node.
    public let rows: Int
    /// The sum of second derivatives of the training rows that reach the node.
    public let hessian: Double

    /// Creates a split.
    public init(
      column: Int, threshold: Double, missing: MissingSide, left: Int, right: Int, gain: Double, value: Double,
      rows: Int, hessian: Double
    ) {
      self.column = column
      self.threshold = threshold
      self.missing = missing
      self.left = left
      self.right = right
      self.gain = gain
      self.value = value
      self.rows = rows
      self.hessian = hessian
    }
  }

  /// An end of the tree.
  public struct Leaf: Hashable, Sendable {
    /// What the leaf adds to the sum over the trees.
    public let value: Double
    /// The number of training rows that reach it.
    public let rows: Int
    /// The sum of second derivatives of those rows.
    public let hessian: Double

    /// Creates a leaf.
    public init(value: Double, rows: Int, hessian: Double) {
      self.value = value
      self.rows = rows
      self.hessian = hessian
    }
  }

  /// The splits; the first is the root.
  public let splits: [Split]
  /// The leaves, one more than there are splits.
  public let leaves: [Leaf]

  /// Creates a tree, or nil when splits and leaves are not one binary tree with finite values.
  public init?(splits: [Split], leaves: [Leaf]) {
    self.splits = splits
    self.leaves = leaves
    guard isWellFormed else { return nil }
  }

  /// Whether every split and every leaf is reached exactly once and every number is usable.
  private var isWellFormed: Bool {
    guard leaves.count == splits.count + 1, leaves.allSatisfy({ $0.value.isFinite }) else { return false }
    var isReached = [Bool](repeating: false, count: splits.count)
    var isLeafReached = [Bool](repeating: false, count: leaves.count)
    for (index, split) in splits.enumerated() {
      guard split.column >= 0, !split.threshold.isNaN, split.value.isFinite, index == 0 || isReached[index] else {
        return false
      }
      for child in [split.left, split.right] {
        if child >= 0 {
          guard child > index, child < splits.count, !isReached[child] else { return false }
          isReached[child] = true
        } else {
          guard ~child < leaves.count, !isLeafReached[~child] else { return false }
          isLeafReached[~child] = true
        }
      }
    }
    return splits.isEmpty || isLeafReached.allSatisfy(\.self)
  }

  /// The leaf that a row falls into.
  ///
  /// - Precondition: `row` has a value for each column that is asked.
  /// - Complexity: O(depth).
  public func leaf(of row: Span<Double>) -> Int {
    var node = splits.isEmpty ? ~0 : 0
    while node >= 0 {
      let split = splits[node]
      let value = row[split.column]
      let goesLeft = value.isNaN ? split.missing == .left : value <= split.threshold
      node = goesLeft ? split.left : split.right
    }
    return ~node
  }
}
