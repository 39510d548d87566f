/// A fitted model of a yes-or-no event: a row of features in, log-odds and reasons out.
public protocol BinaryModel: Sendable {
  /// The number of values a row must have.
  var columnCount: Int { get }

  /// The log-odds of the event.
  ///
  /// - Parameters:
  ///   - row: `columnCount` values in the order of the training columns; NaN is undefined.
  ///   - group: The row's group, numbered as in the training examples.
  func logOdds(of row: Span<Double>, group: Int) -> Double

  /// Why the log-odds are what they are: contributions of the columns that add up to them.
  func explain(_ row: Span<Double>, group: Int) -> Explanation
}

/// Log-odds taken apart: a base that does not depend on the row, and one contribution for each column.
public struct Explanation: Hashable, Sendable {
  /// The log-odds of an average training row.
  public let base: Double
  /// How far each column moves the log-odds from the base.
  public let contributions: [Double]

  /// Creates an explanation.
  public init(base: Double, contributions: [Double]) {
    self.base = base
    self.contributions = contributions
  }

  /// The log-odds that are explained: the base and all contributions, equal to the model's within 1e-9.
  public var logOdds: Double { contributions.reduce(base, +) }
}
