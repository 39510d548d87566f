public import Learning

/// What the trees are fitted to.
public enum BoostingTarget: Sendable {
  /// A yes-or-no event, by log loss: the sum of the trees is its log-odds.
  case event([Bool])
  /// The quantile of a value at a level above 0 and below 1, by pinball loss.
  case quantile([Double], level: Double)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .event(let outcomes): outcomes.count
    case .quantile(let values, _): values.count
    }
  }
}

/// Rows to grow trees on, or to judge them on.
public struct BoostingExamples: Sendable {
  /// The features, one row an example.
  public let matrix: FeatureMatrix
  /// What is to be predicted.
  public let target: BoostingTarget
  /// The weight of each row, finite and not negative; nil weighs every row 1.
  public let weights: [Double]?

  /// Creates examples.
  ///
  /// - Precondition: There is a target, and a weight if any are given, for each row.
  public init(matrix: FeatureMatrix, target: BoostingTarget, weights: [Double]? = nil) {
    precondition(target.count == matrix.rowCount && (weights?.count ?? target.count) == target.count)
    self.matrix = matrix
    self.target = target
    self.weights = weights
  }

  /// The events of examples as a target.
  public init(_ examples: TrainingExamples) {
    self.init(matrix: examples.matrix, target: .event(examples.outcomes), weights: examples.weights)
  }
}
