import Checkpoints
import Markets

/// What the record itself says: silence, repeats, quotes that meet.
struct RecordQuality: FeatureExtractor {
  static let family = FeatureFamily.context

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    [
      define(
        "time_since_update", unit: Unit.minutes,
        "Time since the market's snapshot before; undefined for the first."),
      define(
        "gap", unit: Unit.flag, "Whether more than \(configuration.tolerances.gap) passed since the snapshot before."),
      define("stale", unit: Unit.flag, "Whether the book is identical to the one before."),
      define("stale_run", unit: Unit.count, "Number of snapshots in a row that repeated the one before, up to this."),
      define("locked", unit: Unit.flag, "Whether the best bid equals the best ask."),
      define("crossed", unit: Unit.flag, "Whether the best bid is above the best ask."),
    ]
  }

  private let gap: TimeSpan
  private var staleRun = 0

  init(configuration: FeatureConfiguration) {
    gap = configuration.tolerances.gap
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    if let previous = state.previous {
      let elapsed = snapshot.time - previous.time
      let isStale = snapshot.book == previous.book
      staleRun = isStale ? staleRun + 1 : 0
      row.write(naturalLogOfOnePlus(max(0, elapsed.seconds) / 60))
      row.write(elapsed > gap ? 1 : 0)
      row.write(isStale ? 1 : 0)
      row.write(naturalLogOfOnePlus(Double(staleRun)))
    } else {
      row.writeUndefined(count: 4)
    }
    let condition = snapshot.book.condition
    if state.mid == nil { return row.writeUndefined(count: 2) }
    row.write(condition == .locked ? 1 : 0)
    row.write(condition == .crossed ? 1 : 0)
  }
}

extension RecordQuality: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) { try archive.exchange(&staleRun) }
}
