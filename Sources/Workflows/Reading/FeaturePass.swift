public import Features
public import Labels
internal import MarketData
package import Markets
internal import Parallelism
internal import Synchronization

/// One pass over recorded books: the row of features and the outcome observation of every snapshot, in merged order.
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
  }

  private static let batchSize = 2_048

  private let configuration: FeatureConfiguration
  private let probe: OutcomeProbe
  private var lanes: [MarketName: MarketLane] = [:]
  private var crossMarket: CrossMarketExtractor

  /// Creates a pass with empty windows.
  public init(features configuration: FeatureConfiguration, task: ShortfallTask) {
    self.configuration = configuration
    probe = OutcomeProbe(task: task)
    crossMarket = CrossMarketExtractor(configuration: configuration)
  }

  /// Reads to the end of the recording and hands over each observation.
  ///
  /// - Throws: `SourceFailure`, or the `RecordFault` at which a strict reading stops.
  public mutating func run(
    over recording: Recording, each consume: (Observation) throws -> Void
  ) throws {
    try recording.forEachBatch(of: Self.batchSize) { snapshots in
      for observation in extract(snapshots) { try consume(observation) }
    }
  }

  /// The observations of consecutive snapshots, in their order.
  package mutating func extract(_ snapshots: [BookSnapshot]) -> [Observation] {
    var positions: [MarketName: [Int]] = [:]
    for (position, snapshot) in snapshots.enumerated() { positions[snapshot.market, default: []].append(position) }
    var work: [MarketWork] = []
    for (market, positions) in positions.sorted(by: { $0.key < $1.key }) {
      let lane = lanes[market] ?? MarketLane(configuration)
      lanes[market] = lane
      work.append(MarketWork(lane: lane, positions: positions, snapshots: positions.map { snapshots[$0] }))
    }
    let probe = probe
    let results = concurrentMap(work) { $0.lane.observe($0.snapshots, probe: probe) }
    var merged = [(MarketFeatures, OutcomeObservation)?](repeating: nil, count: snapshots.count)
    for (work, result) in zip(work, results) {
      for (position, observed) in zip(work.positions, result) { merged[position] = observed }
    }
    return merged.compactMap(\.self).map { own, outcome in
      Observation(row: crossMarket.complete(own), outcome: outcome)
    }
  }
}

private struct MarketWork: Sendable {
  let lane: MarketLane
  let positions: [Int]
  let snapshots: [BookSnapshot]
}

/// One market's extractor, which one thread at a time works with.
private final class MarketLane: Sendable {
  private let extractor: Mutex<MarketFeatureExtractor>

  init(_ configuration: FeatureConfiguration) {
    extractor = Mutex(MarketFeatureExtractor(configuration: configuration))
  }

  func observe(_ snapshots: [BookSnapshot], probe: OutcomeProbe) -> [(MarketFeatures, OutcomeObservation)] {
    extractor.withLock { extractor in
      snapshots.map { (extractor.observe($0), probe.observe($0)) }
    }
  }
}
