internal import Checkpoints
public import Markets

/// What stage one says of a snapshot: the features that need one market alone.
public struct MarketFeatures: Sendable {
  /// When the snapshot was received.
  public let time: Timestamp
  /// Whose snapshot it is.
  public let market: MarketName
  /// How the two sides of the book stood to each other.
  public let condition: BookCondition

  /// What the other markets may know of this one; nil without a mid.
  let reading: MarketReading?

  /// Room for the whole row.
  private var values: BySide<[Double]>
  /// The number of features written.
  private var count = 0

  init(
    time: Timestamp, market: MarketName, condition: BookCondition, room: consuming BySide<[Double]>,
    reading: MarketReading?
  ) {
    self.time = time
    self.market = market
    self.condition = condition
    self.reading = reading
    values = room
  }

  /// Lets `write` go on with the row.
  mutating func write(_ write: (inout RowWriter) -> Void) {
    var end = count
    RowWriter.writing(from: count, into: &values) { row in
      write(&row)
      end = row.count
    }
    count = end
  }

  /// The finished row.
  var row: FeatureRow {
    precondition(count == values.sell.count)
    return FeatureRow(time: time, market: market, condition: condition, values: values)
  }
}

/// What the other markets may know of a market's snapshot.
struct MarketReading: Sendable {
  let sighting: Sighting
  /// Log depth less its rolling median over the longest window.
  let depthToMedian: BySide<Double>
  /// Log depth less its rolling mean, in rolling standard deviations, over the longest window; NaN without any.
  let depthScore: BySide<Double>
  let windows: [WindowReading]
}

/// What is remembered of a market's snapshot for as long as returns and changes begin there.
struct Sighting: Sendable {
  let time: Timestamp
  let logMid: Double
  let logDepth: BySide<Double>
}

/// What the other markets may know of one window of a market's past.
struct WindowReading: Sendable {
  /// `ln(1 + bp per √hour)`; NaN where not defined.
  let volatility: Double
  /// The log return; NaN where not defined.
  let logReturn: Double
  /// The shares of snapshots with depth below each multiple of the rolling median, both sides added.
  ///
  /// Two pairs, because the allocator is slow with what has the alignment of four.
  private let lowThinShares: SIMD2<Double>
  private let highThinShares: SIMD2<Double>

  var thinShares: SIMD4<Double> { SIMD4(lowHalf: lowThinShares, highHalf: highThinShares) }

  init(volatility: Double, logReturn: Double, thinShares: SIMD4<Double>) {
    self.volatility = volatility
    self.logReturn = logReturn
    lowThinShares = thinShares.lowHalf
    highThinShares = thinShares.highHalf
  }
}

extension MarketReading: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    sighting = try Sighting(from: &archive)
    depthToMedian = try BySide<Double>(from: &archive)
    depthScore = try BySide<Double>(from: &archive)
    windows = try [WindowReading](from: &archive)
  }

  func write(to archive: inout StateArchive) {
    sighting.write(to: &archive)
    depthToMedian.write(to: &archive)
    depthScore.write(to: &archive)
    windows.write(to: &archive)
  }
}

extension Sighting: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    time = try Timestamp(from: &archive)
    logMid = try Double(from: &archive)
    logDepth = try BySide<Double>(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    logMid.write(to: &archive)
    logDepth.write(to: &archive)
  }
}

extension WindowReading: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    volatility = try Double(from: &archive)
    logReturn = try Double(from: &archive)
    lowThinShares = try SIMD2<Double>(from: &archive)
    highThinShares = try SIMD2<Double>(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    volatility.write(to: &archive)
    logReturn.write(to: &archive)
    lowThinShares.write(to: &archive)
    highThinShares.write(to: &archive)
  }
}
