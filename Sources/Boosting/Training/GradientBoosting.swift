internal import Learning
internal import Parallelism

/// Whether a column may only raise, or only lower, the sum of the trees.
public enum MonotoneConstraint: Int, Codable, Sendable {
  /// No constraint.
  case none = 0
  /// The sum never falls as the column rises.
  case increasing = 1
  /// The sum never rises as the column rises.
  case decreasing = -1
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
    try configuration.validate()
    try examples.validate(constraints: constraints)
    try stopping?.validate(columns: examples.matrix.columnCount)
    var training = Training(
      examples, configuration: configuration, constraints: constraints, stopping: stopping,
      pool: WorkerPool(threads: max(threads, 1)))
    return try training.run()
  }
}
