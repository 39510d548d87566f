import Checkpoints
import Markets

/// A group of features that need several markets.
protocol CrossMarketFeatureExtractor: Resumable, Sendable {
  /// The features in the order in which `extract` writes them.
  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition]

  init(configuration: FeatureConfiguration)

  /// Writes the values at a snapshot, which the state has taken in already.
  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter)
}

extension CrossMarketFeatureExtractor {
  /// A catalogue entry of the cross-market family.
  static func define(
    _ name: String, unit: String, direction: MonotoneDirection = .none, source: String = Source.shortfall,
    _ definition: String
  ) -> FeatureDefinition {
    FeatureDefinition(
      name: name, unit: unit, definition: definition, direction: direction, family: .crossMarket, source: source)
  }
}

/// The markets' readings as of one instant, without those that are forgotten.
struct Known: Sendable {
  fileprivate let readings: [MarketReading?]
  fileprivate let oldest: Timestamp

  /// The number of markets.
  var count: Int { readings.count }

  /// The reading of a market, by number.
  subscript(market: Int) -> MarketReading? {
    guard market < readings.count, let reading = readings[market], reading.time > oldest else { return nil }
    return reading
  }
}

/// A market's newest snapshot among the others'.
struct Arrival: Sendable {
  let time: Timestamp
  /// The market's number.
  let market: Int
  /// What the market says of itself; nil without a mid.
  let reading: MarketReading?
  /// The market's reading before this one.
  let last: MarketReading?
  /// The other markets' readings as of the time of `last`.
  let othersAtLast: Known
  /// The market's reading before `last`.
  let beforeLast: MarketReading?
  /// The other markets' readings as of the time of `beforeLast`.
  let othersBeforeLast: Known

  /// The log return since the market's reading before; nil without one.
  var step: Double? {
    guard let reading, let last else { return nil }
    return reading.logMid - last.logMid
  }

  /// The log return of another market, whose newest reading is given, since this market's last reading; NaN without one.
  func news(from market: Int, _ reading: MarketReading) -> Double {
    guard let then = othersAtLast[market] else { return undefined }
    return reading.logMid - then.logMid
  }
}

/// What has arrived from every market.
///
/// Markets are numbered in the order of their first snapshot. A market's past readings are kept together with the other
/// markets' readings as of the same time, everything received at that time included, in whatever order it arrived; a
/// market that had none yet enters with its first. Readings from before the longest window are forgotten.
struct CrossMarketState: Sendable {
  fileprivate struct Record: Sendable {
    var last: MarketReading?
    var othersAtLast: [MarketReading?] = []
    var beforeLast: MarketReading?
    var othersBeforeLast: [MarketReading?] = []
  }

  /// The names of the markets, by number.
  private(set) var markets: [MarketName] = []
  /// The newest reading of each market, by number.
  private(set) var latest: [MarketReading?] = []
  private let memory: TimeSpan
  private var numbers: [MarketName: Int] = [:]
  private var records: [Record] = []

  init(memory: TimeSpan) {
    self.memory = memory
  }

  /// Takes in what stage one says of a snapshot.
  mutating func observe(_ features: MarketFeatures) -> Arrival {
    let market = registered(features.market)
    let record = records[market]
    let oldest = features.time - memory
    let arrival = Arrival(
      time: features.time, market: market, reading: features.reading, last: Self.kept(record.last, since: oldest),
      othersAtLast: Known(readings: record.othersAtLast, oldest: oldest),
      beforeLast: Self.kept(record.beforeLast, since: oldest),
      othersBeforeLast: Known(readings: record.othersBeforeLast, oldest: oldest))
    guard let reading = features.reading else { return arrival }
    latest[market] = reading
    records[market] = Record(
      last: reading, othersAtLast: latest, beforeLast: record.last, othersBeforeLast: record.othersAtLast)
    for other in records.indices where other != market {
      let known = Self.kept(records[other].othersAtLast[market], since: oldest)
      if known == nil || records[other].last?.time == reading.time {
        records[other].othersAtLast[market] = reading
      }
    }
    return arrival
  }

  /// A reading that is not forgotten yet.
  private static func kept(_ reading: MarketReading?, since oldest: Timestamp) -> MarketReading? {
    guard let reading, reading.time > oldest else { return nil }
    return reading
  }

  /// A market's newest reading, unless it is older than `age` at `time`.
  func reading(of market: Int, at time: Timestamp, within age: TimeSpan) -> MarketReading? {
    guard let reading = latest[market], time - reading.time <= age else { return nil }
    return reading
  }

  /// The number of a market that has been seen.
  func number(of name: MarketName) -> Int? { numbers[name] }

  private mutating func registered(_ name: MarketName) -> Int {
    if let number = numbers[name] { return number }
    let number = markets.count
    numbers[name] = number
    markets.append(name)
    latest.append(nil)
    for other in records.indices {
      records[other].othersAtLast.append(nil)
      records[other].othersBeforeLast.append(nil)
    }
    let none = [MarketReading?](repeating: nil, count: markets.count)
    records.append(Record(othersAtLast: none, othersBeforeLast: none))
    return number
  }
}

extension CrossMarketState: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&markets)
    try archive.exchange(&latest)
    try archive.exchange(&records)
    if archive.direction == .writing { return }
    numbers = Dictionary(markets.enumerated().map { ($1, $0) }) { first, _ in first }
    guard [numbers.count, latest.count, records.count].allSatisfy({ $0 == markets.count }),
      records.allSatisfy({ [$0.othersAtLast.count, $0.othersBeforeLast.count].allSatisfy { $0 == markets.count } })
    else { throw StateFault("what the markets know of each other is not complete") }
  }
}

extension CrossMarketState.Record: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    last = try MarketReading?(from: &archive)
    othersAtLast = try [MarketReading?](from: &archive)
    beforeLast = try MarketReading?(from: &archive)
    othersBeforeLast = try [MarketReading?](from: &archive)
  }

  func write(to archive: inout StateArchive) {
    last.write(to: &archive)
    othersAtLast.write(to: &archive)
    beforeLast.write(to: &archive)
    othersBeforeLast.write(to: &archive)
  }
}
