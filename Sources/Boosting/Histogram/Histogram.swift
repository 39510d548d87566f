internal import Parallelism

/// The sums of a node's rows for every bin of every column: 256 places a column, that of undefined values the last.
package enum Histogram {
  /// The places of a column.
  package static let stride = 256

  /// Adds rows to a histogram.
  ///
  /// - Parameters:
  ///   - rows: The rows, each within the matrix.
  ///   - derivatives: The derivatives of every row of the matrix.
  package static func add(
    _ rows: UnsafeBufferPointer<UInt32>, of matrix: BinnedMatrix, derivatives: UnsafePointer<SIMD2<Int32>>,
    units: FixedPoint, to histogram: UnsafeMutablePointer<SIMD2<Int64>>
  ) {
    let width = matrix.columnCount
    let bins = UnsafePointer(matrix.byRow.base)
    for row in rows {
      let sum = units.sum(of: derivatives[Int(row)])
      let own = bins + Int(row) * width
      var place = histogram
      for column in 0..<width {
        place[Int(own[column])] &+= sum
        place += stride
      }
    }
  }
}
