public import Learning

/// A value that is a weighted sum of the terms of a design.
public struct LinearRegressor: Hashable, Sendable {
  /// The map from raw columns to terms.
  public let design: Design
  /// The value when every term is zero.
  public let intercept: Double
  /// The change of the value for one unit of each term.
  public let coefficients: [Double]

  /// Creates a regressor.
  ///
  /// - Precondition: There is a coefficient for each term.
  public init(design: Design, intercept: Double, coefficients: [Double]) {
    precondition(coefficients.count == design.terms.count, "each term needs a coefficient")
    self.design = design
    self.intercept = intercept
    self.coefficients = coefficients
  }

  /// The names of the raw columns, in the order of a row's values.
  public var columnNames: [String] { design.columnNames }

  /// The predicted value; nothing is allocated.
  ///
  /// - Parameters:
  ///   - row: A value for each raw column; NaN is undefined.
  ///   - group: The row's group, numbered as in the training examples.
  /// - Complexity: O(terms).
  public func value(of row: Span<Double>, group: Int) -> Double {
    design.weightedSum(of: row, group: group, intercept: intercept, coefficients: coefficients)
  }

  /// The predicted value of each row of a matrix, the same bits as one row at a time.
  ///
  /// - Complexity: O(rows · terms).
  public func values(of matrix: FeatureMatrix, groups: [Int]) -> [Double] {
    design.weightedSums(of: matrix, groups: groups, intercept: intercept, coefficients: coefficients)
  }
}

extension LinearRegressor: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case design, intercept, coefficients }

  /// Reads a regressor and checks that its parts fit together; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let design = try values.decode(Design.self, forKey: .design)
    let intercept = try values.decode(Double.self, forKey: .intercept)
    let coefficients = try values.decode([Double].self, forKey: .coefficients)
    guard coefficients.count == design.terms.count, intercept.isFinite, coefficients.allSatisfy(\.isFinite) else {
      throw decoder.corrupted("each term needs a finite coefficient")
    }
    self.init(design: design, intercept: intercept, coefficients: coefficients)
  }
}
