import Markets
import Sampling

/// When one market is recorded, and whether the recorder repeats itself.
struct SnapshotClock: Sendable {
  /// Milliseconds since the start of the next snapshot.
  private(set) var next: Int64 = 0
  private var generator: SeededGenerator
  private let recorder: SimulatedRecorder

  init(configuration: SimulationConfiguration, market: Int) {
    recorder = configuration.recorder
    generator = SeededGenerator(seed: configuration.seed, stream: RandomStream.market(market, .recorder))
    next = Int64(generator.uniform() * recorder.cadence.seconds * 1e3)
  }

  /// Moves on by one snapshot, `stretch` times slower than in calm; returns whether this one repeats the book before.
  mutating func advance(stretch: Double) -> SnapshotKind {
    let random = generator.exponential(mean: recorder.irregularity)
    let isStale = generator.happens(withProbability: recorder.staleShare)
    let interval = recorder.cadence.seconds * stretch * (1 - recorder.irregularity + random)
    next += max(1, Int64(interval * 1e3))
    return isStale ? .repeated : .fresh
  }
}

/// Whether a snapshot shows the book of its instant or the one before.
enum SnapshotKind: Sendable {
  /// The book of its instant.
  case fresh
  /// The market's previous book once more.
  case repeated
}

/// When nothing is recorded.
struct OutageSchedule: Sendable {
  private var generator: SeededGenerator
  private var next: Double
  private var end = -Double.infinity
  private let interval: Double?
  private let length: Double

  init(configuration: SimulationConfiguration) {
    var generator = SeededGenerator(seed: configuration.seed, stream: RandomStream.outage)
    interval = configuration.recorder.outageInterval?.seconds
    length = configuration.recorder.outageLength.seconds
    next = interval.map { generator.exponential(mean: $0) } ?? .infinity
    self.generator = generator
  }

  /// Whether the step that begins at `time` is silent.
  ///
  /// An outage that is due waits for a calm system and ends early when calm does, so none hides a cascade.
  mutating func isSilent(at time: Double, regime: SimulatedRegime) -> Bool {
    if let interval, time >= next, regime == .calm {
      end = time + length
      next = end + generator.exponential(mean: interval)
    }
    if regime != .calm { end = min(end, time) }
    return time < end
  }
}
