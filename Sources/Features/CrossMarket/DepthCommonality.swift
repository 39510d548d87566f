import Checkpoints
import Markets

/// How far the other markets explain the changes of a market's depth.
///
/// A market's change over the interval between its last two snapshots is set against the other markets' mean change over
/// the same interval, everything received at its end included: so the newest interval is left to the next snapshot, and
/// simultaneous snapshots count as simultaneous in whatever order they arrive.
struct DepthCommonality: CrossMarketFeatureExtractor {
  private static let fewest = 5

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    configuration.windows.map {
      define(
        "depth_commonality_\(configuration.mainBandLabel)_\($0)", unit: "R², 0 to 1", direction: .increasing,
        source: "T. Chordia, R. Roll, A. Subrahmanyam, J. Financial Economics 56 (2000)",
        "Leave-one-out R² of the changes of own log depth within \(configuration.mainBandLabel) on the mean change of "
          + "the other markets, same side, over the last \($0), the newest change left out; undefined below "
          + "\(fewest) changes.")
    }
  }

  private let lengths: [TimeSpan]
  private var markets: [Regression] = []

  init(configuration: FeatureConfiguration) {
    lengths = configuration.windows
  }

  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter) {
    while markets.count < state.markets.count { markets.append(Regression(lengths: lengths)) }
    let market = arrival.market
    if arrival.sighting != nil, let changes = Self.changes(arrival, state) {
      markets[market].append(changes, at: arrival.time)
    } else {
      markets[market].advance(to: arrival.time)
    }
    for window in lengths.indices { row.write(markets[market].explained(window, fewest: Self.fewest)) }
  }

  /// The others' mean change and the own change, by side.
  private static func changes(_ arrival: Arrival, _ state: borrowing CrossMarketState) -> BySide<SIMD2<Double>>? {
    guard let last = arrival.last, let before = arrival.beforeLast else { return nil }
    var others = BySide(sell: Mean(), buy: Mean())
    for other in state.sightings.indices where other != arrival.market {
      guard let now = state.atLast(other, arrival), let then = state.beforeLast(other, arrival) else { continue }
      others.sell.add(now.logDepth.sell - then.logDepth.sell)
      others.buy.add(now.logDepth.buy - then.logDepth.buy)
    }
    guard others.sell.count > 0 else { return nil }
    return BySide { SIMD2(others[$0].value, last.logDepth[$0] - before.logDepth[$0]) }
  }
}

/// One market's regressions over sliding windows.
private struct Regression: Sendable {
  private var windows: TimeWindows
  private var sell: SlidingAggregate<Comoments>
  private var buy: SlidingAggregate<Comoments>

  init(lengths: [TimeSpan]) {
    windows = TimeWindows(lengths: lengths)
    sell = SlidingAggregate(windowCount: lengths.count)
    buy = sell
  }

  mutating func append(_ changes: BySide<SIMD2<Double>>, at time: Timestamp) {
    windows.append(time)
    sell.append(changes.sell, in: windows)
    buy.append(changes.buy, in: windows)
  }

  mutating func advance(to time: Timestamp) { windows.advance(to: time) }

  mutating func explained(_ window: Int, fewest: Int) -> BySide<Double> {
    BySide(
      sell: sell.summary(of: window, in: windows)?.explained(fewest: fewest) ?? undefined,
      buy: buy.summary(of: window, in: windows)?.explained(fewest: fewest) ?? undefined)
  }
}

extension DepthCommonality: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(parts: &markets, blank: Regression(lengths: lengths))
  }
}

extension Regression: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&windows)
    try archive.exchange(&sell)
    try archive.exchange(&buy)
  }
}
