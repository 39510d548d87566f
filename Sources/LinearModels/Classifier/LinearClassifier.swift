public import Learning

/// Log-odds that are a weighted sum of the terms of a design.
public struct LinearClassifier: BinaryModel, Hashable, Sendable {
  /// The map from raw columns to terms.
  public let design: Design
  /// The log-odds when every term is zero.
  public let intercept: Double
  /// The change of the log-odds for one unit of each term.
  public let coefficients: [Double]
  /// The log-odds when every term has its training mean.
  public let base: Double

  /// Creates a classifier.
  ///
  /// - Precondition: There is a coefficient for each term.
  public init(design: Design, intercept: Double, coefficients: [Double]) {
    precondition(coefficients.count == design.terms.count, "each term needs a coefficient")
    self.design = design
    self.intercept = intercept
    self.coefficients = coefficients
    base = zip(design.terms, coefficients).reduce(intercept) { $0 + $1.0.mean * $1.1 }
  }

  /// The names of the raw columns, in the order of a row's values.
  public var columnNames: [String] { design.columnNames }

  /// The number of raw columns.
  public var columnCount: Int { design.columnNames.count }

  /// The log-odds of the event; nothing is allocated.
  ///
  /// - Precondition: `row` has `columnCount` values.
  /// - Complexity: O(terms).
  public func logOdds(of row: Span<Double>, group: Int) -> Double {
    design.weightedSum(of: row, group: group, intercept: intercept, coefficients: coefficients)
  }

  /// The log-odds of each row of a matrix, the same bits as one row at a time.
  ///
  /// - Complexity: O(rows · terms).
  public func logOdds(of matrix: FeatureMatrix, groups: [Int]) -> [Double] {
    design.weightedSums(of: matrix, groups: groups, intercept: intercept, coefficients: coefficients)
  }

  /// The contributions β (x − x̄) of the columns; those of a column's further shapes are added to its own.
  public func explain(_ row: Span<Double>, group: Int) -> Explanation {
    Explanation(base: base, contributions: contributions(of: row, group: group))
  }

  /// How far each raw column moves the log-odds from the base; together with it they are the log-odds to 1e-9.
  ///
  /// - Precondition: `row` has `columnCount` values.
  /// - Complexity: O(terms).
  public func contributions(of row: Span<Double>, group: Int) -> [Double] {
    precondition(row.count == columnCount, "the row must fit the model")
    let place = design.place(ofGroup: group)
    var contributions = [Double](repeating: 0, count: columnCount)
    for (term, coefficient) in zip(design.terms, coefficients) {
      let scaled = design.scaled(row[term.column], column: term.column, place: place)
      contributions[term.column] += coefficient * (design.value(of: term, scaled: scaled) - term.mean)
    }
    return contributions
  }
}

extension LinearClassifier: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case design, intercept, coefficients }

  /// Reads a classifier and checks that its parts fit together; unknown keys are errors.
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

  /// Writes the design, the intercept and the coefficients.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(design, forKey: .design)
    try values.encode(intercept, forKey: .intercept)
    try values.encode(coefficients, forKey: .coefficients)
  }
}
