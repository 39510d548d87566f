public import Learning

/// Whether a column may only raise, or only lower, the sum of the trees.
public enum MonotoneConstraint: Int, Codable, Sendable {
  /// No constraint.
  case none = 0
  /// The sum never falls as the column rises.
  case increasing = 1
  /// The sum never rises as the column rises.
  case decreasing = -1
}

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

/// Why no trees could be grown.
public enum BoostingFailure: Error, Hashable, Sendable {
  /// A setting is out of its range.
  case setting(String, reason: String)
  /// There are no rows.
  case noRows
  /// All rows have the same outcome.
  case oneOutcome
  /// The weight of this row is negative, infinite or NaN, or all weights are zero.
  case weightNotUsable(row: Int)
  /// The target of this row is infinite or NaN.
  case targetNotFinite(row: Int)
  /// There is not one constraint for each column.
  case constraints(found: Int, expected: Int)
}

/// What growing trees gave.
public struct BoostedFit: Sendable {
  /// The trees.
  public let ensemble: TreeEnsemble
  /// How growing went.
  public let report: BoostingReport
}

/// How growing trees went.
public struct BoostingReport: Codable, Hashable, Sendable {
  /// The number of trees that are kept.
  public let rounds: Int
  /// The mean loss on the training rows after each round that was run.
  public let trainingLosses: [Double]
  /// The mean loss on the stopping rows after each round that was run; empty without such rows.
  public let stoppingLosses: [Double]
}

/// Gradient boosting of histogram trees.
public struct GradientBoosting: Sendable {
  /// How trees are grown.
  public let configuration: BoostingConfiguration
  /// One constraint for each column; empty constrains none.
  public let constraints: [MonotoneConstraint]

  /// Creates a learner.
  public init(_ configuration: BoostingConfiguration, constraints: [MonotoneConstraint] = []) {
    self.configuration = configuration
    self.constraints = constraints
  }

  /// Grows trees on examples.
  ///
  /// - Parameters:
  ///   - examples: The training rows.
  ///   - stopping: Rows on which the loss is watched when the configuration has a patience; the trees up to the lowest
  ///     loss are kept.
  ///   - threads: The number of threads, which never changes the trees.
  public func fit(
    _ examples: BoostingExamples, stopping: BoostingExamples? = nil, threads: Int
  ) throws(BoostingFailure) -> BoostedFit {
    throw .noRows
  }
}
