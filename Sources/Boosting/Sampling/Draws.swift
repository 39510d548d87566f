internal import Learning
internal import Sampling

/// The rows and columns that a tree sees.
struct Draws {
  /// The rows, in ascending order; nil when none is left out.
  let rows: [Int]?
  /// The columns, in ascending order.
  let columns: [Int]
  /// Whether neither a row nor a column is left out.
  let isWhole: Bool

  /// The draws of a round, which depend on the seed and the round only.
  init(_ configuration: BoostingConfiguration, round: Int, matrix: FeatureMatrix) {
    let streams = UInt64(round) * 2 + 1
    var rowGenerator = SeededGenerator(seed: configuration.seed, stream: streams)
    var columnGenerator = SeededGenerator(seed: configuration.seed, stream: streams + 1)
    let rowCount = Draw.size(of: configuration.rowShare, count: matrix.rowCount)
    rows =
      rowCount == matrix.rowCount ? nil : Draw.numbers(rowCount, below: matrix.rowCount, from: &rowGenerator)
    columns = Draw.numbers(
      Draw.size(of: configuration.columnShare, count: matrix.columnCount), below: matrix.columnCount,
      from: &columnGenerator)
    isWhole = rows == nil && columns.count == matrix.columnCount
  }
}
