/// Rows to learn from: features, what happened, and what is needed to centre, weigh and group them.
public struct TrainingExamples: Sendable {
  /// The features, one row an example.
  public let matrix: FeatureMatrix
  /// The group of each row, such as market and side, within which features are centred; counted from zero.
  public let groups: [Int]
  /// Whether the event happened.
  public let outcomes: [Bool]
  /// The cluster of each row, such as its UTC day: rows of one cluster are not independent of each other.
  public let clusters: [Int]
  /// The weight of each row, finite and not negative; nil weighs every row 1.
  public let weights: [Double]?

  /// Creates examples.
  ///
  /// - Precondition: every array has one value for each row of the matrix.
  public init(
    matrix: FeatureMatrix, groups: [Int], outcomes: [Bool], clusters: [Int], weights: [Double]? = nil
  ) {
    let counts = [groups.count, outcomes.count, clusters.count, weights?.count ?? matrix.rowCount]
    precondition(counts.allSatisfy { $0 == matrix.rowCount }, "each row needs a group, an outcome and a cluster")
    self.matrix = matrix
    self.groups = groups
    self.outcomes = outcomes
    self.clusters = clusters
    self.weights = weights
  }

  /// The number of rows.
  public var count: Int { outcomes.count }

  /// The number of rows in which the event happened.
  public var positiveCount: Int { outcomes.count { $0 } }

  /// The examples of the given rows, in the given order.
  public func selecting(rows: [Int]) -> TrainingExamples {
    TrainingExamples(
      matrix: matrix.selecting(rows: rows), groups: rows.map { groups[$0] }, outcomes: rows.map { outcomes[$0] },
      clusters: rows.map { clusters[$0] }, weights: weights.map { weights in rows.map { weights[$0] } })
  }

  /// The same examples with other columns only.
  public func selecting(columns: [Int]) -> TrainingExamples {
    TrainingExamples(
      matrix: matrix.selecting(columns: columns), groups: groups, outcomes: outcomes, clusters: clusters,
      weights: weights)
  }

  /// The same examples with other weights; see ``recencyWeights(ages:halfLife:)``.
  public func weighted(by weights: [Double]?) -> TrainingExamples {
    TrainingExamples(matrix: matrix, groups: groups, outcomes: outcomes, clusters: clusters, weights: weights)
  }
}
