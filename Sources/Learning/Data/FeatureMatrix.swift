/// Rows of feature values, stored column by column; NaN is an undefined value.
public struct FeatureMatrix: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The name of each column.
  public let columnNames: [String]
  /// All values, column by column; `rowCount * columnCount` of them.
  public let values: [Double]

  /// The number of columns.
  public var columnCount: Int { columnNames.count }

  /// Creates a matrix; columns without names are called `x0`, `x1` and so on.
  ///
  /// - Precondition: `values` holds `rowCount * columnCount` values, and there is a name for each column.
  public init(rowCount: Int, columnCount: Int, values: [Double], columnNames: [String]? = nil) {
    precondition(
      rowCount >= 0 && columnCount >= 0 && values.count == rowCount * columnCount, "values must fill the matrix")
    precondition(columnNames.map { $0.count == columnCount } ?? true, "each column needs a name")
    self.rowCount = rowCount
    self.values = values
    self.columnNames = columnNames ?? (0..<columnCount).map { "x\($0)" }
  }

  /// The value in the row and column, each within the matrix.
  public subscript(row: Int, column: Int) -> Double { values[column * rowCount + row] }

  /// The values of a column, from the first row to the last; its indices start anywhere.
  public func column(_ column: Int) -> ArraySlice<Double> {
    values[(column * rowCount)..<((column + 1) * rowCount)]
  }

  /// The values of a row, from the first column to the last.
  ///
  /// - Complexity: O(`columnCount`).
  public func row(_ row: Int) -> [Double] {
    (0..<columnCount).map { self[row, $0] }
  }

  /// The matrix of the given rows, in the given order.
  public func selecting(rows: [Int]) -> FeatureMatrix {
    var selected: [Double] = []
    selected.reserveCapacity(rows.count * columnCount)
    for column in 0..<columnCount {
      let start = column * rowCount
      for row in rows { selected.append(values[start + row]) }
    }
    return FeatureMatrix(
      rowCount: rows.count, columnCount: columnCount, values: selected, columnNames: columnNames)
  }

  /// The matrix of the given columns, in the given order.
  public func selecting(columns: [Int]) -> FeatureMatrix {
    FeatureMatrix(
      rowCount: rowCount, columnCount: columns.count, values: columns.flatMap { column($0) },
      columnNames: columns.map { columnNames[$0] })
  }
}
