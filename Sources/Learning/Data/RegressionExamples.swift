/// Rows to learn a value from: features, the value, and what is needed to centre and weigh them.
public struct RegressionExamples: Sendable {
  /// The features, one row an example.
  public let matrix: FeatureMatrix
  /// The group of each row within which features are centred; counted from zero.
  public let groups: [Int]
  /// The value to be predicted.
  public let targets: [Double]
  /// The weight of each row, finite and not negative; nil weighs every row 1.
  public let weights: [Double]?

  /// Creates examples.
  ///
  /// - Precondition: every array has one value for each row of the matrix.
  public init(matrix: FeatureMatrix, groups: [Int], targets: [Double], weights: [Double]? = nil) {
    let counts = [groups.count, targets.count, weights?.count ?? matrix.rowCount]
    precondition(counts.allSatisfy { $0 == matrix.rowCount }, "each row needs a group and a target")
    self.matrix = matrix
    self.groups = groups
    self.targets = targets
    self.weights = weights
  }

  /// The number of rows.
  public var count: Int { targets.count }

  /// The examples of the given rows, in the given order.
  public func selecting(rows: [Int]) -> RegressionExamples {
    RegressionExamples(
      matrix: matrix.selecting(rows: rows), groups: rows.map { groups[$0] }, targets: rows.map { targets[$0] },
      weights: weights.map { weights in rows.map { weights[$0] } })
  }
}
