public import Learning

/// A sum of trees over named columns.
public struct TreeEnsemble: Hashable, Sendable {
  /// The names of the columns, in the order of a row's values.
  public let columnNames: [String]
  /// What the trees are added to.
  public let base: Double
  /// The trees, in the order in which they were grown.
  public let trees: [RegressionTree]

  /// Creates an ensemble, or nil when a tree asks a column that is not there or the base is not finite.
  public init?(columnNames: [String], base: Double, trees: [RegressionTree]) {
    let asked = trees.flatMap(\.splits).map(\.column)
    guard base.isFinite, asked.allSatisfy(columnNames.indices.contains) else { return nil }
    self.columnNames = columnNames
    self.base = base
    self.trees = trees
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
