package import Learning
package import Parallelism
internal import Sampling

/// A matrix whose values are replaced by the numbers of their bins, one byte each.
package struct BinnedMatrix: Sendable {
  /// The number of rows from whose values the bins are made; with more rows than this, that many are drawn.
  package static let sampleSize = 200_000

  /// The number of rows.
  package let rowCount: Int
  /// The bins of each column.
  package let columns: [ColumnBins]
  /// The bins of each row after the other, `wordsPerRow` words a row, as histograms read them: the lowest byte of a row's
  /// first word is the bin of the first column.
  package let byRow: SharedMemory<UInt64>
  /// The words of a row, eight columns each.
  package let wordsPerRow: Int
  /// The bins of each column after the other: a column's bins of all rows stand together, as a partition reads them.
  package let byColumn: SharedMemory<UInt8>

  /// The number of columns.
  package var columnCount: Int { columns.count }

  /// Bins a matrix into at most `limit` bins a column besides the one for undefined values.
  ///
  /// Up to `sampleSize` rows the bins depend on each column's values only, not on their order.
  package init(_ matrix: FeatureMatrix, limit: Int, seed: UInt64, pool: WorkerPool) {
    let columns = Self.columns(of: matrix, limit: limit, seed: seed, pool: pool)
    let width = (columns.count + ColumnGroups.width - 1) / ColumnGroups.width
    let byRow = SharedMemory<UInt64>(count: matrix.rowCount * width, repeating: 0)
    let byColumn = SharedMemory<UInt8>(count: matrix.rowCount * columns.count, repeating: 0)
    rowCount = matrix.rowCount
    self.columns = columns
    self.byRow = byRow
    self.byColumn = byColumn
    wordsPerRow = width
    let searches = columns.map(BinSearch.init)
    let block = 4096
    pool.run((matrix.rowCount + block - 1) / block) { piece, _ in
      let rows = (piece * block)..<min((piece + 1) * block, matrix.rowCount)
      for (column, search) in searches.enumerated() {
        let start = column * matrix.rowCount
        let values = matrix.values.span.extracting((start + rows.lowerBound)..<(start + rows.upperBound))
        let bins = byColumn.base + start + rows.lowerBound
        search.bin(values, into: bins)
        let words = byRow.base + rows.lowerBound * width + column / ColumnGroups.width
        let shift = UInt64(column % ColumnGroups.width * 8)
        for index in 0..<rows.count { words[index &* width] |= UInt64(bins[index]) &<< shift }
      }
    }
  }

  private static func columns(of matrix: FeatureMatrix, limit: Int, seed: UInt64, pool: WorkerPool) -> [ColumnBins] {
    var generator = SeededGenerator(seed: seed, stream: 0)
    let rows = Draw.numbers(sampleSize, below: matrix.rowCount, from: &generator)
    let found = SharedSlots<ColumnBins>(count: matrix.columnCount)
    pool.run(matrix.columnCount) { column, _ in
      let start = column * matrix.rowCount
      var values: [Double] = []
      values.reserveCapacity(rows.count)
      for row in rows {
        let value = matrix.values[start + row]
        if !value.isNaN { values.append(value) }
      }
      values = Ascending.sorted(values)
      if values.last != .infinity, hasInfinity(matrix.column(column)) { values.append(.infinity) }
      found[column] = ColumnBins(ascending: values, limit: limit)
    }
    return found.values
  }

  /// Whether infinity is among the values: it must have a bin, for no finite threshold lets it pass.
  private static func hasInfinity(_ values: ArraySlice<Double>) -> Bool {
    values.contains(.infinity)
  }
}
