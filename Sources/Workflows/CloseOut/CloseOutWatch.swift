internal import Checkpoints
internal import Features
internal import Labels
internal import Markets

/// What closing positions out would cost at one snapshot, and how liquid its market was of late.
struct CloseOutReading: Sendable {
  /// The executions of every size against the book of this instant.
  let ladder: LadderObservation
  /// Spread, volatility and persistent depth; nil while the market warms up.
  let conditions: LiquidityConditions?
}

/// Watches one market for what a margin policy knows of closing out: the same code in a replay and in a stream.
struct CloseOutWatch: Sendable {
  private var probe: LadderProbe
  private var tracker: LiquidityTracker

  /// Creates a watch that has seen nothing; nil without a size or for a task without a liquidation.
  ///
  /// Volatility forgets with the slow half-life of the features.
  init?(task: ShortfallTask, features: FeatureConfiguration, notionals: [Double]) {
    guard let closeOut = task.closeOut, !notionals.isEmpty else { return nil }
    probe = LadderProbe(closeOut: closeOut, notionals: notionals)
    tracker = LiquidityTracker(band: task.band, horizon: task.horizon, halfLife: features.halfLives.slow)
  }

  /// Takes in the market's next snapshot; nil for a book without a mid.
  mutating func observe(_ snapshot: BookSnapshot) -> CloseOutReading? {
    let conditions = tracker.observe(snapshot)
    return probe.observe(snapshot.book).map { CloseOutReading(ladder: $0, conditions: conditions) }
  }

  /// Goes on with the sizes of another watch of the same task.
  mutating func takeSizes(of other: CloseOutWatch) { probe = other.probe }
}

extension CloseOutWatch: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) { try archive.exchange(&tracker) }
}
