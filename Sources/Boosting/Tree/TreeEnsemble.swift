/// A sum of trees over named columns.
public struct TreeEnsemble: Sendable {
  /// The names of the columns, in the order of a row's values.
  public let columnNames: [String]
  /// What the trees are added to.
  public let base: Double
  /// The trees, in the order in which they were grown.
  public let trees: [RegressionTree]

  /// The trees made ready to be walked.
  let forest: PackedForest
  /// The trees made ready to be explained.
  let explainer: TreeExplainer

  /// Creates an ensemble, or nil when a tree asks a column that is not there or a sum of the trees could overflow.
  public init?(columnNames: [String], base: Double, trees: [RegressionTree]) {
    let isCovered = trees.allSatisfy { tree in tree.splits.allSatisfy { $0.column < columnNames.count } }
    let reach = trees.reduce(abs(base)) { sum, tree in sum + tree.leaves.reduce(0) { max($0, abs($1.value)) } }
    guard isCovered, reach.isFinite else { return nil }
    self.columnNames = columnNames
    self.base = base
    self.trees = trees
    forest = PackedForest(trees, columnCount: columnNames.count)
    explainer = TreeExplainer(trees, columnCount: columnNames.count)
  }

  /// The number of columns.
  public var columnCount: Int { columnNames.count }
}

extension TreeEnsemble: Hashable {
  /// Whether columns, base and trees are the same.
  public static func == (one: TreeEnsemble, other: TreeEnsemble) -> Bool {
    one.columnNames == other.columnNames && one.base == other.base && one.trees == other.trees
  }

  /// Feeds columns, base and trees into a hash.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(columnNames)
    hasher.combine(base)
    hasher.combine(trees)
  }
}
