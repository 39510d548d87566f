public import Boosting
public import Learning
public import LinearModels

/// A weighted mean of the log-odds of a logistic regression and a sum of trees: `w · boosted + (1 − w) · linear`.
///
/// The base and the contributions are mixed alike, so they add up as those of the parts do.
public struct BlendedClassifier: BinaryModel, Hashable {
  /// The logistic regression.
  public let linear: LinearClassifier
  /// The trees.
  public let boosted: BoostedClassifier
  /// w, the weight of the trees, 0 to 1.
  public let boostedWeight: Double

  /// Creates a blend, or nil when the parts read different columns or the weight is outside 0 to 1.
  public init?(linear: LinearClassifier, boosted: BoostedClassifier, boostedWeight: Double) {
    guard linear.columnNames == boosted.columnNames, (0...1).contains(boostedWeight) else { return nil }
    self.linear = linear
    self.boosted = boosted
    self.boostedWeight = boostedWeight
  }

  /// The log-odds, or any other value, of a blend from those of its parts.
  @inlinable
  public static func mixed(linear: Double, boosted: Double, boostedWeight: Double) -> Double {
    boostedWeight * boosted + (1 - boostedWeight) * linear
  }

  /// The names of the columns, in the order of a row's values.
  public var columnNames: [String] { linear.columnNames }

  /// The number of columns.
  public var columnCount: Int { linear.columnCount }

  /// The mixed base.
  public var base: Double { mixed(linear.base, boosted.base) }

  /// The mixed log-odds of the event; nothing is allocated.
  public func logOdds(of row: Span<Double>, group: Int) -> Double {
    mixed(linear.logOdds(of: row, group: group), boosted.logOdds(of: row, group: group))
  }

  /// The mixed log-odds of two rows, the bits of one at a time; nothing is allocated.
  public func logOdds(
    of first: Span<Double>, _ second: Span<Double>, groups: (first: Int, second: Int)
  ) -> (Double, Double) {
    let boosted = boosted.logOdds(of: first, second)
    return (
      mixed(linear.logOdds(of: first, group: groups.first), boosted.0),
      mixed(linear.logOdds(of: second, group: groups.second), boosted.1)
    )
  }

  /// The mixed base and contributions; together they are the log-odds to 1e-9.
  public func explain(_ row: Span<Double>, group: Int) -> Explanation {
    let (linear, boosted) = (linear.explain(row, group: group), boosted.explain(row, group: group))
    return Explanation(
      base: mixed(linear.base, boosted.base),
      contributions: zip(linear.contributions, boosted.contributions).map(mixed))
  }

  private func mixed(_ linear: Double, _ boosted: Double) -> Double {
    Self.mixed(linear: linear, boosted: boosted, boostedWeight: boostedWeight)
  }
}

extension BlendedClassifier: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case linear, boosted, boostedWeight }

  /// Reads a blend and checks that its parts fit together; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let blend = BlendedClassifier(
      linear: try values.decode(LinearClassifier.self, forKey: .linear),
      boosted: try values.decode(BoostedClassifier.self, forKey: .boosted),
      boostedWeight: try values.decode(Double.self, forKey: .boostedWeight))
    guard let blend else {
      throw decoder.corrupted("a blend's parts must read the same columns, and its weight must be from 0 to 1")
    }
    self = blend
  }

  /// Writes the parts and the weight.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(linear, forKey: .linear)
    try values.encode(boosted, forKey: .boosted)
    try values.encode(boostedWeight, forKey: .boostedWeight)
  }
}
