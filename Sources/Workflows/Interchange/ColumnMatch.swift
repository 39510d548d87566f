internal import Boosting
internal import ModelStore

/// Which of a model's inputs each column of a foreign file is.
struct ColumnMatch {
  /// How the columns were matched.
  let matching: ImportRecord.Matching
  /// The position among the inputs of each column of the file.
  let positions: [Int]

  /// Matches columns with inputs by name, or in their order when the file has only the names that LightGBM gives to
  /// columns without one: Column_0, Column_1 and so on.
  ///
  /// - Throws: `InterchangeFailure` unless every column is one input and every input one column.
  init(columns: [String], inputs: [String], file: String) throws(InterchangeFailure) {
    if columns == columns.indices.map({ "Column_\($0)" }), columns != inputs {
      guard columns.count == inputs.count else {
        throw .columnCount(file: file, columns.count, inputs: inputs.count)
      }
      (matching, positions) = (.inOrder, Array(inputs.indices))
      return
    }
    var counts: [String: Int] = [:]
    for column in columns { counts[column, default: 0] += 1 }
    let repeated = counts.filter { $0.value > 1 }.keys.sorted()
    guard repeated.isEmpty else { throw .repeatedColumns(file: file, repeated) }
    let known = columns.compactMap(inputs.firstIndex)
    guard known.count == columns.count, known.count == inputs.count else {
      throw .otherColumns(
        file: file, missing: inputs.filter { counts[$0] == nil }, unknown: columns.filter { !inputs.contains($0) })
    }
    (matching, positions) = (.byName, known)
  }
}

extension TreeEnsemble {
  /// The same trees over renamed and reordered columns.
  ///
  /// - Parameters:
  ///   - names: The new columns.
  ///   - positions: The position among them of each column of these trees.
  /// - Returns: nil when a position is not one of the new columns.
  func moved(to names: [String], positions: [Int]) -> TreeEnsemble? {
    let moved = trees.compactMap { tree in
      RegressionTree(
        splits: tree.splits.map { split in
          RegressionTree.Split(
            column: positions[split.column], threshold: split.threshold, missing: split.missing, left: split.left,
            right: split.right, gain: split.gain, value: split.value, rows: split.rows, hessian: split.hessian)
        }, leaves: tree.leaves)
    }
    guard moved.count == trees.count else { return nil }
    return TreeEnsemble(columnNames: names, base: base, trees: moved)
  }
}
