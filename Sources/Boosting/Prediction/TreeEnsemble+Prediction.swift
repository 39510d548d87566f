public import Learning
internal import Parallelism

extension TreeEnsemble {
  /// The base and the values of the leaves that a row falls into, added in the order of the trees.
  ///
  /// Nothing is allocated for up to 255 columns.
  ///
  /// - Precondition: `row` has `columnCount` values; NaN is undefined.
  /// - Complexity: O(trees · depth).
  public func value(of row: Span<Double>) -> Double {
    precondition(row.count == columnCount, "the row must fit the ensemble")
    return forest.sum(of: row, base: base)
  }

  /// The values of two rows, the bits of one at a time; together they take less.
  ///
  /// Nothing is allocated for up to 255 columns.
  ///
  /// - Precondition: Each row has `columnCount` values; NaN is undefined.
  /// - Complexity: O(trees · depth).
  public func values(of first: Span<Double>, _ second: Span<Double>) -> (Double, Double) {
    precondition(first.count == columnCount && second.count == columnCount, "the rows must fit the ensemble")
    return forest.sums(of: first, second, base: base)
  }

  /// The value of each row of a matrix, the same bits as one row at a time.
  ///
  /// - Parameter threads: The number of threads, one or more, which never changes the values.
  /// - Complexity: O(rows · trees · depth).
  public func values(of matrix: FeatureMatrix, threads: Int = 1) -> [Double] {
    precondition(matrix.columnCount == columnCount && threads > 0, "the rows must fit the ensemble")
    let share = max(PackedForest.blockRows, (matrix.rowCount + threads - 1) / threads)
    let parts = stride(from: 0, to: matrix.rowCount, by: share).map { $0..<min($0 + share, matrix.rowCount) }
    return concurrentMap(parts) { forest.sums(of: matrix, rows: $0, base: base) }.flatMap(\.self)
  }
}
