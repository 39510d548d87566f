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
  /// The bins of each row after the other: a row's bins of all columns stand together, as histograms read them.
  package let byRow: SharedMemory<UInt8>
  /// The bins of each column after the other: a column's bins of all rows stand together, as a partition reads them.
  package let byColumn: SharedMemory<UInt8>

  /// The number of columns.
  package var columnCount: Int { columns.count }

  /// Bins a matrix into at most `limit` bins a column besides the one for undefined values.
  ///
  /// Up to `sampleSize` rows the bins depend on each column's values only, not on their order.
  package init(_ matrix: FeatureMatrix, limit: Int, seed: UInt64, pool: WorkerPool) {
    let columns = Self.columns(of: matrix, limit: limit, seed: seed, pool: pool)
    let byRow = SharedMemory<UInt8>(count: matrix.rowCount * columns.count, repeating: 0)
    let byColumn = SharedMemory<UInt8>(count: matrix.rowCount * columns.count, repeating: 0)
    rowCount = matrix.rowCount
    self.columns = columns
    self.byRow = byRow
    self.byColumn = byColumn
    let searches = columns.map(BinSearch.init)
    let block = 4096
    pool.run((matrix.rowCount + block - 1) / block) { piece, _ in
      let rows = (piece * block)..<min((piece + 1) * block, matrix.rowCount)
      for (column, search) in searches.enumerated() {
        let start = column * matrix.rowCount
        search.bin(
          matrix.values.span.extracting((start + rows.lowerBound)..<(start + rows.upperBound)),
          byColumn: byColumn.base + start + rows.lowerBound,
          byRow: byRow.base + rows.lowerBound * searches.count + column, stride: searches.count)
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
      values.sort()
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

/// Finds the bins of one column's values.
package struct BinSearch: Sendable {
  /// The thresholds but the last, filled up with infinity to one less than a power of two.
  private let thresholds: [Double]

  package init(_ bins: ColumnBins) {
    let inner = bins.thresholds.dropLast()
    var size = 1
    while size < inner.count { size = size * 2 + 1 }
    thresholds = inner + [Double](repeating: .infinity, count: size - inner.count)
  }

  /// Writes the bins of values, once side by side and once `stride` places apart.
  ///
  /// - Precondition: There is room for as many bins as values in both places.
  func bin(
    _ values: Span<Double>, byColumn: UnsafeMutablePointer<UInt8>, byRow: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    let thresholds = self.thresholds.span
    let half = (thresholds.count + 1) / 2
    for index in values.indices {
      let value = values[unchecked: index]
      var bin = 0
      var step = half
      while step > 0 {
        // `bin + step` is at most the number of thresholds, one less than a power of two.
        bin += value > thresholds[unchecked: bin + step - 1] ? step : 0
        step >>= 1
      }
      let byte = value.isNaN ? ColumnBins.missing : UInt8(truncatingIfNeeded: bin)
      byColumn[index] = byte
      byRow[index * stride] = byte
    }
  }
}
