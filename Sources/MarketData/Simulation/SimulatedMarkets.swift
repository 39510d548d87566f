public import Markets
import Sampling

/// One recorded book of a simulated market and the regime that produced it.
public struct SimulatedSnapshot: Hashable, Sendable {
  /// What a recorder would have written.
  public let snapshot: BookSnapshot
  /// The market's true regime at that instant, which no recorder sees.
  public let regime: SimulatedRegime

  /// Creates a simulated snapshot.
  public init(snapshot: BookSnapshot, regime: SimulatedRegime) {
    self.snapshot = snapshot
    self.regime = regime
  }
}

/// Several correlated simulated markets, recorded in time order; at one instant in the order of their names.
///
/// The same configuration gives the same bits, a longer duration continues a shorter one, and the recorder's settings
/// change what is seen of the markets, never the markets. A snapshot shows the state at the beginning of its step.
/// It needs memory for one step only.
///
/// Returns follow one factor, `r = σ (√ρ f + √(1−ρ) e)`, whose `ρ` and `σ` follow hidden regimes; ln depth reverts to
/// its regime's level; liquidations feed back on price and depth (see `SimulatedCascades`).
///
/// - Complexity: O(markets · (duration / step + snapshots · levels)).
public struct SimulatedMarkets: Sequence, IteratorProtocol, Sendable {
  private struct Market: Sendable {
    let name: MarketName
    let rendering: BookRendering
    var dynamics: MarketDynamics
    var clock: SnapshotClock
    var last: OrderBook?
  }

  private let configuration: SimulationConfiguration
  private var system: SystemDynamics
  private var outages: OutageSchedule
  private var markets: [Market]
  private var stepIndex: Int64 = 0
  private var ready: [SimulatedSnapshot] = []
  private var readyIndex = 0

  /// Creates the markets at the configuration's start.
  public init(configuration: SimulationConfiguration) {
    self.configuration = configuration
    system = SystemDynamics(configuration: configuration)
    outages = OutageSchedule(configuration: configuration)
    markets = configuration.instruments.indices.map { index in
      Market(
        name: configuration.instruments[index].name,
        rendering: BookRendering(configuration: configuration, market: index),
        dynamics: MarketDynamics(configuration: configuration, market: index),
        clock: SnapshotClock(configuration: configuration, market: index))
    }
  }

  /// The next snapshot in time order; nil from the end of the duration on.
  public mutating func next() -> SimulatedSnapshot? {
    while readyIndex == ready.count {
      let begin = stepIndex * configuration.step.nanoseconds
      guard begin < configuration.duration.nanoseconds else { return nil }
      advance(from: begin)
    }
    let result = ready[readyIndex]
    readyIndex += 1
    return result
  }

  private mutating func advance(from begin: Int64) {
    stepIndex += 1
    ready.removeAll(keepingCapacity: true)
    readyIndex = 0
    let time = Double(begin) / 1e9
    let state = system.advance(time: time)
    let isSilent = outages.isSilent(at: time, regime: state.regime)
    let end = Swift.min(begin + configuration.step.nanoseconds, configuration.duration.nanoseconds)
    for index in markets.indices {
      markets[index].dynamics.advance(state)
      record(index, before: end, time: time, isSilent: isSilent)
    }
    ready.sort { left, right in
      (left.snapshot.time, left.snapshot.market) < (right.snapshot.time, right.snapshot.market)
    }
  }

  /// Adds the snapshots of one market that fall before `end`, in nanoseconds since the start.
  private mutating func record(_ index: Int, before end: Int64, time: Double, isSilent: Bool) {
    while markets[index].clock.next * 1_000_000 < end {
      let regime = markets[index].dynamics.regime
      let instant = configuration.start + TimeSpan(nanoseconds: markets[index].clock.next * 1_000_000)
      let kind = markets[index].clock.advance(stretch: configuration.regimes[regime].cadence)
      if isSilent { continue }
      let previous = kind == .repeated ? markets[index].last : nil
      guard let book = previous ?? markets[index].rendering.book(of: markets[index].dynamics, time: time) else {
        continue
      }
      markets[index].last = book
      let snapshot = BookSnapshot(time: instant, market: markets[index].name, book: book)
      ready.append(SimulatedSnapshot(snapshot: snapshot, regime: regime))
    }
  }
}
