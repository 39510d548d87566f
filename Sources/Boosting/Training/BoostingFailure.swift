/// Why no trees could be grown.
public enum BoostingFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// A setting is out of its range.
  case setting(String, reason: String)
  /// There are no rows.
  case noRows
  /// There are more rows than sums of them can be kept exact for.
  case tooManyRows(found: Int, limit: Int)
  /// All rows that weigh anything have the same outcome.
  case oneOutcome
  /// The weight of this row is negative, above 1e100 or NaN, or no row's is above 1e-100.
  case weightNotUsable(row: Int)
  /// The target of this row is infinite or NaN.
  case targetNotFinite(row: Int)
  /// There is not one constraint for each column.
  case constraints(found: Int, expected: Int)
  /// The stopping rows do not have the columns of the training rows.
  case stoppingColumns(found: Int, expected: Int)
  /// A leaf's value is beyond what a number can hold: targets are too far apart.
  case notFinite

  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .setting(let name, let reason): "the setting \(name) \(reason)"
    case .noRows: "there are no rows to grow trees on"
    case .tooManyRows(let found, let limit): "\(found) rows are more than the \(limit) that trees can be grown on"
    case .oneOutcome: "all rows have the same outcome, so that there is nothing to tell apart"
    case .weightNotUsable(let row):
      "the weight of row \(row) is not a number from 0 to 1e100, or no row weighs anything"
    case .targetNotFinite(let row): "the target of row \(row) is not a finite number"
    case .constraints(let found, let expected): "there are \(found) monotone constraints for \(expected) columns"
    case .stoppingColumns(let found, let expected):
      "the stopping rows have \(found) columns, the training rows \(expected)"
    case .notFinite: "a leaf's value is beyond what a number can hold"
    }
  }
}
