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

/// A market's newest snapshot among the others'.
struct Arrival: Sendable {
  let time: Timestamp
  /// The market's number.
  let market: Int
  /// What the market says of itself; nil without a mid.
  let sighting: Sighting?
  /// The market's sighting before this one.
  let last: Sighting?
  /// The market's sighting before `last`.
  let beforeLast: Sighting?

  /// Sightings up to this instant are forgotten.
  fileprivate let oldest: Timestamp
  /// How many of the market's sightings are newer than `last`.
  fileprivate let age: Int

  /// The log return since the market's sighting before; nil without one.
  var step: Double? {
    guard let sighting, let last else { return nil }
    return sighting.logMid - last.logMid
  }

  fileprivate func kept(_ sighting: Sighting?) -> Sighting? {
    guard let sighting, sighting.time > oldest else { return nil }
    return sighting
  }
}

/// What has arrived from every market.
///
/// Markets are numbered in the order of their first snapshot. A market's past sightings are kept together with the other
/// markets' sightings as of the same time, everything received at that time included, in whatever order it arrived; a
/// market that had none yet enters with its first. Sightings from before the longest window are forgotten.
struct CrossMarketState: Sendable {
  /// A market's sighting beside those of all markets as of the same time, by number.
  fileprivate struct Record: Sendable {
    var own: Sighting?
    var all: [Sighting?] = []
  }

  /// The names of the markets, by number.
  private(set) var markets: [MarketName] = []
  /// The newest reading of each market, by number.
  private(set) var readings: [MarketReading?] = []
  /// The newest sighting of each market, by number.
  private(set) var sightings: [Sighting?] = []
  private let memory: TimeSpan
  private var numbers: [MarketName: Int] = [:]
  /// The last three records of each market, newest first.
  private var records: [[Record]] = []

  init(memory: TimeSpan) {
    self.memory = memory
  }

  /// Takes in what stage one says of a snapshot.
  mutating func observe(_ features: borrowing MarketFeatures) -> Arrival {
    let market = registered(features.market)
    let sighting = features.reading?.sighting
    if let sighting { observe(sighting, from: market) }
    readings[market] = features.reading ?? readings[market]
    let age = sighting == nil ? 0 : 1
    let oldest = features.time - memory
    return Arrival(
      time: features.time, market: market, sighting: sighting,
      last: Self.kept(records[market][age].own, since: oldest),
      beforeLast: Self.kept(records[market][age + 1].own, since: oldest), oldest: oldest, age: age)
  }

  private mutating func observe(_ sighting: Sighting, from market: Int) {
    sightings[market] = sighting
    for other in records.indices where other != market {
      let known = Self.kept(records[other][0].all[market], since: sighting.time - memory)
      if known == nil || records[other][0].own?.time == sighting.time { records[other][0].all[market] = sighting }
    }
    records[market].swapAt(1, 2)
    records[market].swapAt(0, 1)
    records[market][0].own = sighting
    for other in sightings.indices { records[market][0].all[other] = sightings[other] }
  }

  /// A sighting that is not forgotten yet.
  private static func kept(_ sighting: Sighting?, since oldest: Timestamp) -> Sighting? {
    guard let sighting, sighting.time > oldest else { return nil }
    return sighting
  }

  /// Another market's sighting as of the time of the arrival's last; nil without one.
  func atLast(_ other: Int, _ arrival: Arrival) -> Sighting? {
    arrival.kept(records[arrival.market][arrival.age].all[other])
  }

  /// Another market's sighting as of the time of the arrival's last but one; nil without one.
  func beforeLast(_ other: Int, _ arrival: Arrival) -> Sighting? {
    arrival.kept(records[arrival.market][arrival.age + 1].all[other])
  }

  /// The log return of another market from the time of the arrival's last sighting to its newest; NaN without one.
  func news(from other: Int, _ arrival: Arrival) -> Double {
    guard let now = sightings[other], let then = atLast(other, arrival) else { return undefined }
    return now.logMid - then.logMid
  }

  /// Whether a market's newest reading is no older than `age` at `time`.
  func isKnown(_ market: Int, at time: Timestamp, within age: TimeSpan) -> Bool {
    guard let sighting = sightings[market] else { return false }
    return time - sighting.time <= age
  }

  /// A market's newest reading, unless it is older than `age` at `time`.
  func reading(of market: Int, at time: Timestamp, within age: TimeSpan) -> MarketReading? {
    isKnown(market, at: time, within: age) ? readings[market] : nil
  }

  /// The number of a market that has been seen.
  func number(of name: MarketName) -> Int? { numbers[name] }

  private mutating func registered(_ name: MarketName) -> Int {
    if let number = numbers[name] { return number }
    let number = markets.count
    numbers[name] = number
    markets.append(name)
    readings.append(nil)
    sightings.append(nil)
    for other in records.indices {
      for age in records[other].indices { records[other][age].all.append(nil) }
    }
    records.append([Record](repeating: Record(all: sightings.map { _ in nil }), count: 3))
    return number
  }
}

extension CrossMarketState: Resumable {
  /// A market's oldest record is written over by its next sighting before anything reads it.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&markets)
    try archive.exchange(&readings)
    if archive.direction == .reading {
      numbers = Dictionary(markets.enumerated().map { ($1, $0) }) { first, _ in first }
      sightings = readings.map { $0?.sighting }
      let blank = Record(all: sightings.map { _ in nil })
      records = markets.map { _ in [Record](repeating: blank, count: 3) }
    }
    for market in records.indices {
      for age in 0..<2 {
        try archive.exchange(&records[market][age].own)
        try archive.exchange(&records[market][age].all)
      }
    }
    guard [numbers.count, readings.count].allSatisfy({ $0 == markets.count }),
      records.allSatisfy({ $0.allSatisfy { $0.all.count == markets.count } })
    else { throw StateFault("what the markets know of each other is not complete") }
  }
}
