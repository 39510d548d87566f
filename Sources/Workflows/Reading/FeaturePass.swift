public import Features
public import Labels
internal import MarketData
package import Markets
internal import Parallelism
internal import Synchronization

/// One pass over recorded books and the reports beside them: the row of features and the outcome observation of every snapshot, in merged order.
///
/// This is the online pipeline mapped over a recording. The markets' own stages run in parallel; the stage that looks
/// across markets then runs in the order of the stream, so the rows are the ones that a live process would have seen.
public struct FeaturePass {
  /// What one snapshot gives.
  public struct Observation: Sendable {
    /// Both sides' features.
    public let row: FeatureRow
    /// The scalars that labels are made of.
    public let outcome: OutcomeObservation
    /// What closing positions out would have cost; nil without a mid or where no sizes of position were asked for.
    let closeOut: CloseOutReading?
  }

  private static let batchSize = 2_048

  private let configuration: FeatureConfiguration
  private let probe: OutcomeProbe
  private let watch: CloseOutWatch?
  private var lanes: [MarketName: MarketLane] = [:]
  private var crossMarket: CrossMarketExtractor

  /// Creates a pass with empty windows.
  ///
  /// - Parameter notionals: The sizes of position that are watched, in quote currency; none for a task without a
  ///   liquidation.
  public init(features configuration: FeatureConfiguration, task: ShortfallTask, notionals: [Double] = []) {
    self.configuration = configuration
    probe = OutcomeProbe(task: task)
    watch = CloseOutWatch(task: task, features: configuration, notionals: notionals)
    crossMarket = CrossMarketExtractor(configuration: configuration)
  }

  /// Reads to the end of the recording and hands over each observation.
  ///
  /// - Throws: `SourceFailure`, or the `RecordFault` at which a strict reading stops.
  public mutating func run(
    over recording: Recording, each consume: (Observation) throws -> Void
  ) throws {
    try recording.forEachEventBatch(of: Self.batchSize) { events in
      for observation in extract(events) { try consume(observation) }
    }
  }

  /// The observations of consecutive snapshots, in their order.
  package mutating func extract(_ snapshots: [BookSnapshot]) -> [Observation] {
    extract(snapshots.map(MarketEvent.book))
  }

  /// The observations of the snapshots among consecutive events, in their order.
  package mutating func extract(_ events: [MarketEvent]) -> [Observation] {
    let readsReports = configuration.readsReports
    var positions: [MarketName: [Int]] = [:]
    for (position, event) in events.enumerated() where readsReports || event.snapshot != nil {
      positions[event.market, default: []].append(position)
    }
    var work: [MarketWork] = []
    for (market, positions) in positions.sorted(by: { $0.key < $1.key }) {
      let lane = lanes[market] ?? MarketLane(configuration, watch: watch)
      lanes[market] = lane
      work.append(MarketWork(lane: lane, positions: positions, events: positions.map { events[$0] }))
    }
    let probe = probe
    let results = concurrentMap(work) { $0.lane.observe($0.events, probe: probe) }
    var merged = [MarketLane.Observed?](repeating: nil, count: events.count)
    for (work, result) in zip(work, results) {
      for (position, observed) in zip(work.positions, result) { merged[position] = observed }
    }
    return merged.compactMap(\.self).map { observed in
      Observation(
        row: crossMarket.complete(observed.features), outcome: observed.outcome, closeOut: observed.closeOut)
    }
  }
}

private struct MarketWork: Sendable {
  let lane: MarketLane
  let positions: [Int]
  let events: [MarketEvent]
}

/// One market's extractor and watch, which one thread at a time works with.
private final class MarketLane: Sendable {
  struct Observed: Sendable {
    let features: MarketFeatures
    let outcome: OutcomeObservation
    let closeOut: CloseOutReading?
  }

  private struct State: Sendable {
    var extractor: MarketFeatureExtractor
    var watch: CloseOutWatch?

    mutating func observe(_ event: MarketEvent, probe: OutcomeProbe) -> Observed? {
      switch event {
      case .report(let report):
        extractor.observe(report)
        return nil
      case .book(let snapshot):
        return Observed(
          features: extractor.observe(snapshot), outcome: probe.observe(snapshot), closeOut: watch?.observe(snapshot))
      }
    }
  }

  private let state: Mutex<State>

  init(_ configuration: FeatureConfiguration, watch: CloseOutWatch?) {
    state = Mutex(State(extractor: MarketFeatureExtractor(configuration: configuration), watch: watch))
  }

  func observe(_ events: [MarketEvent], probe: OutcomeProbe) -> [Observed?] {
    state.withLock { state in events.map { state.observe($0, probe: probe) } }
  }
}
