public import Features

/// Which columns of the feature row a model reads, and how depth enters it.
///
/// A depth's meaning depends on its market: a model that is shared by several markets reads it relative to the depth below
/// which that market's side is in shortfall. The threshold belongs to the task and not to a fold, so nothing is fitted
/// here, and a value of zero is the brink in every market.
public struct ModelInputs: Codable, Hashable, Sendable {
  /// One column that the model reads.
  public struct Column: Codable, Hashable, Sendable {
    /// The feature's name.
    public let name: String
    /// Its position in the feature row.
    public let position: Int
    /// Whether the value is a log depth, from which the log threshold is subtracted.
    public let isLogDepth: Bool
  }

  /// The unit by which a feature says that it is a log depth.
  public static let logDepthUnit = "ln USD"

  /// The columns, in the model's order.
  public let columns: [Column]
  /// The least relative log depth that the model sees; books that are thinner count as this thin.
  public let floor: Double

  /// Selects features by name; nil selects all of them.
  ///
  /// - Returns: nil when a name is not in the schema; `unknownNames` then tells which.
  public init?(names: [String]?, schema: FeatureSchema, floor: Double) {
    var columns: [Column] = []
    for name in names ?? schema.names {
      guard let position = schema.index(of: name) else { return nil }
      let unit = schema.definitions[position].unit
      columns.append(Column(name: name, position: position, isLogDepth: unit == Self.logDepthUnit))
    }
    self.columns = columns
    self.floor = floor
  }

  /// The names that the schema does not have, in their order.
  public static func unknownNames(in names: [String], schema: FeatureSchema) -> [String] {
    names.filter { schema.index(of: $0) == nil }
  }

  /// The names of the columns, in the model's order.
  public var names: [String] { columns.map(\.name) }

  /// The value that the model reads for a feature's value; NaN stays NaN.
  ///
  /// `logThreshold` is the natural log of the shortfall depth of the row's market and side.
  @inlinable
  public func value(_ value: Double, in column: Column, logThreshold: Double) -> Double {
    guard column.isLogDepth else { return value }
    let relative = value - logThreshold
    return relative < floor ? floor : relative
  }

  /// What the model reads of a feature row.
  public func values(from row: [Double], logThreshold: Double) -> [Double] {
    columns.map { value(row[$0.position], in: $0, logThreshold: logThreshold) }
  }
}
