import Checkpoints
import DequeModule
import Markets

/// The gaps of a feed that open horizons may touch.
struct FeedGaps: Sendable {
  private let longest: TimeSpan?
  private var gaps: Deque<Gap> = []

  fileprivate struct Gap: Sendable {
    let before: Timestamp
    let after: Timestamp
  }

  /// Creates a memory of gaps longer than `longest`; nil remembers none.
  init(longerThan longest: TimeSpan?) {
    self.longest = longest
  }

  /// Notes that nothing came between two snapshots.
  mutating func note(from before: Timestamp, to after: Timestamp) {
    if let longest, after - before > longest { gaps.append(Gap(before: before, after: after)) }
  }

  /// Forgets gaps that end by `start`.
  mutating func forget(through start: Timestamp) {
    while let first = gaps.first, first.after <= start { gaps.removeFirst() }
  }

  /// Whether a remembered gap begins before `end`.
  func touch(horizonThrough end: Timestamp) -> Bool {
    gaps.first.map { $0.before < end } ?? false
  }
}

extension FeedGaps: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) { try archive.exchange(deque: &gaps) }
}

extension FeedGaps.Gap: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    before = try Timestamp(from: &archive)
    after = try Timestamp(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    before.write(to: &archive)
    after.write(to: &archive)
  }
}
