internal import Learning
internal import Sampling

/// The rows and columns that a tree sees.
struct Draws {
  /// The rows, in ascending order.
  let rows: [Int]
  /// The columns, in ascending order.
  let columns: [Int]
  /// Whether no row is left out.
  let hasAllRows: Bool
  /// Whether neither a row nor a column is left out.
  let isWhole: Bool

  /// The draws of a round, which depend on the seed and the round only.
  init(_ configuration: BoostingConfiguration, round: Int, matrix: FeatureMatrix) {
    let streams = UInt64(round) * 2 + 1
    var rowGenerator = SeededGenerator(seed: configuration.seed, stream: streams)
    var columnGenerator = SeededGenerator(seed: configuration.seed, stream: streams + 1)
    rows = Draw.numbers(
      Draw.size(of: configuration.rowShare, count: matrix.rowCount), below: matrix.rowCount, from: &rowGenerator)
    columns = Draw.numbers(
      Draw.size(of: configuration.columnShare, count: matrix.columnCount), below: matrix.columnCount,
      from: &columnGenerator)
    hasAllRows = rows.count == matrix.rowCount
    isWhole = hasAllRows && columns.count == matrix.columnCount
  }
}
