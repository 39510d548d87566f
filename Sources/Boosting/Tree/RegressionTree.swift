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
    /// The largest value that goes left; infinite when every value does and only NaN is told apart.
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

    /// Whether a value of the column goes to the left child.
    func sendsLeft(_ value: Double) -> Bool {
      value.isNaN ? missing == .left : value <= threshold
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

  /// Creates a tree, or nil when splits and leaves are not one binary tree of usable numbers.
  public init?(splits: [Split], leaves: [Leaf]) {
    guard RegressionTree.flaw(splits: splits, leaves: leaves) == nil else { return nil }
    self.init(checkedSplits: splits, leaves: leaves)
  }

  /// Creates a tree of splits and leaves in which there is no flaw.
  init(checkedSplits splits: [Split], leaves: [Leaf]) {
    self.splits = splits
    self.leaves = leaves
  }

  /// The leaf that a row falls into.
  ///
  /// - Precondition: `row` has a value for each column that is asked.
  /// - Complexity: O(depth).
  public func leaf(of row: Span<Double>) -> Int {
    var node = splits.isEmpty ? ~0 : 0
    while node >= 0 {
      let split = splits[node]
      node = split.sendsLeft(row[split.column]) ? split.left : split.right
    }
    return ~node
  }
}
