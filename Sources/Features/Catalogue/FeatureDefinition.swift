/// How the risk of a shortfall moves with a feature, where theory says so.
public enum MonotoneDirection: Int, Codable, Sendable {
  /// Theory is silent.
  case none = 0
  /// The risk rises with the feature.
  case increasing = 1
  /// The risk falls as the feature rises.
  case decreasing = -1
}

/// What a feature is about.
public enum FeatureFamily: String, CaseIterable, Codable, Sendable {
  /// Displayed liquidity and tightness at one instant.
  case depth
  /// How displayed liquidity held over time.
  case persistence
  /// Orders arriving and leaving between snapshots.
  case flow
  /// How the price moves.
  case volatility
  /// The hour and the quality of the record.
  case context
  /// Trades, which only some streams carry.
  case trades
  /// Mark and index prices, funding, open interest and forced executions, which only some streams carry.
  case derivatives
  /// What the other markets say.
  case crossMarket = "cross-market"

  /// The families that need nothing but books: the ones that are computed unless others are named.
  public static let ofBooks: [FeatureFamily] = [.depth, .persistence, .flow, .volatility, .context, .crossMarket]

  /// Whether it reads reports beside books, without which all its features are undefined.
  public var readsReports: Bool { self == .trades || self == .derivatives }
}

/// One feature's entry in the catalogue.
public struct FeatureDefinition: Codable, Hashable, Sendable {
  /// The stable name, such as `depth_minimum_100bp_2h`.
  public let name: String
  /// The unit of the value.
  public let unit: String
  /// The definition in one sentence.
  public let definition: String
  /// How the risk moves with the feature.
  public let direction: MonotoneDirection
  /// The family.
  public let family: FeatureFamily
  /// Where the definition comes from.
  public let source: String

  /// Creates an entry.
  public init(
    name: String, unit: String, definition: String, direction: MonotoneDirection, family: FeatureFamily, source: String
  ) {
    self.name = name
    self.unit = unit
    self.definition = definition
    self.direction = direction
    self.family = family
    self.source = source
  }
}
