public import Features
public import Labels
public import Markets

/// Features and labels, one row per origin and side, column by column.
///
/// Rows are in time order, then by market name, then in the order they came, sell before buy. Nothing in a dataset is
/// fitted: no value is centred, scaled or imputed. All arrays have `count` elements.
public struct Dataset: Sendable {
  /// The features, in column order.
  public let schema: FeatureSchema
  /// The markets in name order.
  public let markets: [MarketName]
  /// The origin of each row.
  public let times: [Timestamp]
  /// The position of each row's market in `markets`.
  public let marketIndices: [Int]
  /// The liquidation side of each row.
  public let sides: [LiquidationSide]
  /// The end `t + δ + h` of each row's horizon.
  public let informationEnds: [Timestamp]
  /// Whether each row's depth fell short inside its horizon; nil when censored.
  public let events: [Bool?]
  /// Why each row's depth shortfall is unknown; nil when it is known.
  public let censoringReasons: [CensoringReason?]
  /// Whether each row's own side was in shortfall at its origin; nil when the book had no mid.
  public let inShortfall: [Bool?]
  /// Each row's close-out loss as a fraction of notional; NaN when unknown or not asked.
  public let closeOutLosses: [Double]
  /// The part of each close-out loss that the mid's drift caused; NaN like the loss.
  public let closeOutDrifts: [Double]
  /// The part of each close-out loss that walking the book caused; NaN like the loss.
  public let closeOutLiquidities: [Double]
  /// Whether each row's close-out loss exceeded the maintenance margin; nil when unknown or not asked.
  public let marginShortfalls: [Bool?]
  /// The depth of each row's own side within the task's band, in quote currency; NaN when unknown.
  public let depths: [Double]
  /// The depth below which each row's side is in shortfall, in quote currency.
  public let thresholds: [Double]
  /// The feature values, column after column; NaN is undefined.
  let values: [Double]

  /// The number of rows.
  public var count: Int { times.count }

  /// The number of features.
  public var columnCount: Int { schema.count }

  /// The values of one feature, row by row; the slice's indices do not start at zero.
  ///
  /// The column must be a position in the schema.
  public func column(_ index: Int) -> ArraySlice<Double> {
    values[index * count..<(index + 1) * count]
  }

  /// The value of a feature in a row; both must be in range.
  public func value(row: Int, column: Int) -> Double { values[column * count + row] }

  /// The values of some features in some rows, column after column, as a matrix wants them.
  ///
  /// All positions must be in range; they may repeat.
  ///
  /// - Complexity: O(rows · columns).
  public func values(rows: [Int], columns: [Int]) -> [Double] {
    var selected: [Double] = []
    selected.reserveCapacity(rows.count * columns.count)
    for column in columns {
      let start = column * count
      for row in rows { selected.append(values[start + row]) }
    }
    return selected
  }

  /// The features of a row in schema order; the row must be in range.
  public func features(ofRow row: Int) -> [Double] {
    (0..<columnCount).map { values[$0 * count + row] }
  }

  /// What each row's label speaks of.
  public var labelIntervals: LabelIntervals { LabelIntervals(rowsOf: self) }
}

/// Groups of rows.
extension Dataset {
  /// The number of groups: one per market and side.
  public var groupCount: Int { markets.count * 2 }

  /// Each row's market and side as one number: twice the market's position, plus one for buy.
  public var groups: [Int] {
    (0..<count).map { marketIndices[$0] * 2 + (sides[$0] == .sell ? 0 : 1) }
  }

  /// Each row's UTC day, in days since the epoch.
  public var days: [Int] { times.map(\.day) }
}
