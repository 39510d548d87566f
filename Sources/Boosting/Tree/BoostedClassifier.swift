public import Learning

/// Log-odds that are a sum of trees; rows of all groups are judged alike.
public struct BoostedClassifier: BinaryModel, Hashable, Sendable {
  /// The trees, whose sum is the log-odds.
  public let ensemble: TreeEnsemble

  /// Creates a classifier.
  public init(_ ensemble: TreeEnsemble) {
    self.ensemble = ensemble
  }

  /// The names of the raw columns, in the order of a row's values.
  public var columnNames: [String] { ensemble.columnNames }

  /// The number of raw columns.
  public var columnCount: Int { ensemble.columnCount }

  /// The expected log-odds over the training rows, from which contributions count.
  public var base: Double { ensemble.base + ensemble.explainer.expectation }

  /// The log-odds of the event; see ``TreeEnsemble/value(of:)``.
  public func logOdds(of row: Span<Double>, group: Int) -> Double {
    ensemble.value(of: row)
  }

  /// The log-odds of two rows, the bits of one at a time; see ``TreeEnsemble/values(of:_:)``.
  public func logOdds(of first: Span<Double>, _ second: Span<Double>) -> (Double, Double) {
    ensemble.values(of: first, second)
  }

  /// The log-odds of each row of a matrix, the same bits as one row at a time.
  public func logOdds(of matrix: FeatureMatrix) -> [Double] {
    ensemble.values(of: matrix)
  }

  /// The Shapley values of the columns; see ``TreeEnsemble/contributions(of:)``.
  public func explain(_ row: Span<Double>, group: Int) -> Explanation {
    ensemble.contributions(of: row)
  }
}

extension BoostedClassifier: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case ensemble }

  /// Reads a classifier; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.closedContainer(keyedBy: CodingKeys.self)
    self.init(try stored.decode(TreeEnsemble.self, forKey: .ensemble))
  }

  /// Writes the trees.
  public func encode(to encoder: any Encoder) throws {
    var stored = encoder.container(keyedBy: CodingKeys.self)
    try stored.encode(ensemble, forKey: .ensemble)
  }
}
