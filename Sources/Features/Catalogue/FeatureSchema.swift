/// The features of a row, in order.
///
/// Invariant: names are unique.
public struct FeatureSchema: Codable, Hashable, Sendable {
  /// The definitions, in the order of a row's values.
  public let definitions: [FeatureDefinition]

  /// Creates the schema of the rows that a configuration makes.
  public init(configuration: FeatureConfiguration) {
    definitions =
      Registry.marketDefinitions(configuration) + Registry.crossMarketDefinitions(configuration)
  }

  /// The names, in the order of a row's values.
  public var names: [String] { definitions.map(\.name) }

  /// The number of values in a row.
  public var count: Int { definitions.count }

  /// The position of a feature in a row, or nil when the schema has no feature of that name.
  ///
  /// - Complexity: O(count).
  public func index(of name: String) -> Int? { definitions.firstIndex { $0.name == name } }
}
