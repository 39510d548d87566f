public import Learning

/// A sum of trees over named columns.
public struct TreeEnsemble: Sendable {
  /// The names of the columns, in the order of a row's values.
  public let columnNames: [String]
  /// What the trees are added to.
  public let base: Double
  /// The trees, in the order in which they were grown.
  public let trees: [RegressionTree]

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
    explainer = TreeExplainer(trees, columnCount: columnNames.count)
  }

  /// The number of columns.
  public var columnCount: Int { columnNames.count }

  /// The base and the values of the leaves that a row falls into, added in the order of the trees.
  ///
  /// - Precondition: `row` has `columnCount` values; NaN is undefined.
  public func value(of row: Span<Double>) -> Double {
    precondition(row.count == columnCount, "the row must fit the ensemble")
    return trees.reduce(base) { $0 + $1.leaves[$1.leaf(of: row)].value }
  }

  /// The value of each row of a matrix, the same bits as one row at a time.
  public func values(of matrix: FeatureMatrix) -> [Double] {
    (0..<matrix.rowCount).map { value(of: matrix.row($0).span) }
  }
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
