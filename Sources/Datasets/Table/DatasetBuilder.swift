public import Features
public import Labels
public import Markets

/// Why a row does not fit a dataset.
public enum DatasetFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The row has another number of values than the schema.
  case width(found: Int, expected: Int)
  /// The features, labels and observation are not of one market and instant.
  case notOneOrigin(market: MarketName, time: Timestamp)

  /// The fault in words.
  public var description: String {
    switch self {
    case .width(let found, let expected): "a row has \(found) values where the schema has \(expected)"
    case .notOneOrigin(let market, let time):
      "features and labels that meet at \(market), \(time) are not of one snapshot"
    }
  }
}

/// Collects rows, in any order of markets, into a dataset.
///
/// Rows of one market and instant keep the order in which they come.
public struct DatasetBuilder: Sendable {
  private let schema: FeatureSchema
  private var columns: [[Double]]
  private var rows = RowLabels()

  /// Creates a builder of rows with these features.
  public init(schema: FeatureSchema) {
    self.schema = schema
    columns = Array(repeating: [], count: schema.count)
  }

  /// The number of rows so far: two per snapshot.
  public var count: Int { rows.times.count }

  /// Appends a snapshot's two rows, sell before buy.
  ///
  /// - Throws: `DatasetFault` unless the three are of one market and instant and the row fits the schema; nothing is
  ///   appended then.
  public mutating func append(
    row: FeatureRow, labels: BySide<LabeledOrigin>, observation: OutcomeObservation
  ) throws(DatasetFault) {
    guard row.time == observation.time, row.market == observation.market else {
      throw .notOneOrigin(market: row.market, time: row.time)
    }
    try append(values: row.values, labels: labels, observation: observation)
  }

  package mutating func append(
    values: BySide<[Double]>, labels: BySide<LabeledOrigin>, observation: OutcomeObservation
  ) throws(DatasetFault) {
    for side in LiquidationSide.allCases {
      guard labels[side].time == observation.time, labels[side].market == observation.market else {
        throw .notOneOrigin(market: observation.market, time: observation.time)
      }
      guard values[side].count == columns.count else {
        throw .width(found: values[side].count, expected: columns.count)
      }
    }
    for side in LiquidationSide.allCases {
      for column in columns.indices { columns[column].append(values[side][column]) }
      rows.append(labels[side], side: side, depth: observation.depth?[side] ?? .nan)
    }
  }

  /// The dataset of the rows so far.
  ///
  /// - Complexity: O(n log n + n · columns); each column is let go as soon as it is copied.
  public consuming func build() -> Dataset {
    let order = rows.order()
    var values: [Double] = []
    values.reserveCapacity(order.count * columns.count)
    for column in columns.indices {
      for row in order { values.append(columns[column][row]) }
      columns[column] = []
    }
    return Dataset(schema: schema, rows: rows.reordered(order), values: values)
  }
}
