/// Why a linear model could not be fitted.
public enum FitFailure: Error, Hashable, Sendable {
  /// There is no row, or no row of positive weight.
  case noRows
  /// Only one of the two outcomes occurs among the rows of positive weight.
  case oneOutcome
  /// The weight of this row is negative, NaN or infinite.
  case weightNotUsable(row: Int)
  /// The value of this row that is to be predicted is NaN or infinite.
  case targetNotFinite(row: Int)
  /// An expansion names a column that the examples do not have.
  case unknownColumn(String)
  /// The outcomes are separated, so without a penalty no finite coefficients are best; Firth's method or a penalty
  /// above zero gives finite ones.
  case separated(Separation)
  /// The columns depend on each other, so that the information matrix could not be factored.
  case singular(order: Int)
  /// The Newton steps ended above the tolerance.
  case notConverged(iterations: Int, decrement: Double)
  /// Every split of a penalty search lacks rows of one outcome to train on, or rows to test.
  case noUsableSplit
}

extension FitFailure: CustomStringConvertible {
  /// The failure in words.
  public var description: String {
    switch self {
    case .noRows: "there are no rows to fit"
    case .oneOutcome: "only one of the two outcomes occurs"
    case .weightNotUsable(let row): "the weight of row \(row) is not a finite number of zero or more"
    case .targetNotFinite(let row): "the target of row \(row) is not a finite number"
    case .unknownColumn(let name): "there is no column '\(name)' to expand"
    case .separated(let separation):
      "\(separation); use Firth's method or a penalty above zero"
    case .singular(let order): "the columns depend on each other (leading minor \(order))"
    case .notConverged(let iterations, let decrement):
      "no convergence after \(iterations) iterations (Newton decrement \(decrement))"
    case .noUsableSplit: "no split has both outcomes to train on and rows to test"
    }
  }
}
