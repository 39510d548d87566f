public import MarketData
public import Markets

/// Recorded books as a workflow reads them: merged in time order, with bad records counted and named.
public final class Recording {
  /// What happens at a record that cannot be read.
  public enum Strictness: Sendable {
    /// It is counted, reported and left out.
    case report
    /// Reading stops.
    case stop
  }

  private let stream: RecordedStream
  private let strictness: Strictness
  private let from: Timestamp
  private let to: Timestamp
  private let talk: any Talk

  /// The number of records that could not be read so far.
  public private(set) var rejectedCount = 0
  /// The last instant read so far, inside the window or not.
  public private(set) var lastInstant: Timestamp?
  /// The number of snapshots handed over so far.
  public private(set) var snapshotCount = 0

  /// Opens files and folders.
  ///
  /// - Parameters:
  ///   - paths: Files, or folders whose files are read in name order.
  ///   - format: The format of every file; nil tells it from the content of each.
  ///   - from: Snapshots before this instant are left out.
  ///   - to: Snapshots from this instant on are left out.
  ///   - talk: Where progress and rejected records are reported.
  public init(
    paths: [String], format: BookFormat? = nil, strictness: Strictness = .report, from: Timestamp = .distantPast,
    to: Timestamp = .distantFuture, talk: any Talk = Silence()
  ) throws(SourceFailure) {
    stream = try RecordedStream(paths: paths, format: format)
    self.strictness = strictness
    self.from = from
    self.to = to
    self.talk = talk
  }

  /// Hands over the snapshots in batches of bounded size, to the end.
  ///
  /// A file that cannot be read on, such as one whose last gzip member is not complete yet, is reported and left; what came
  /// before the damage counts, and its digest is not among `digests`.
  ///
  /// - Throws: when reading is strict: `SourceFailure` at the first damage, `RecordFault` at the first bad record.
  public func forEachBatch(of limit: Int, _ body: ([BookSnapshot]) throws -> Void) throws {
    while true {
      guard let events = try nextEvents(limit: limit) else { continue }
      if events.isEmpty { break }
      var snapshots: [BookSnapshot] = []
      for event in events {
        switch event {
        case .snapshot(let snapshot):
          lastInstant = snapshot.time
          if snapshot.time >= from, snapshot.time < to { snapshots.append(snapshot) }
        case .rejected(let fault):
          if strictness == .stop { throw fault }
          rejectedCount += 1
          talk.rejected(fault, count: rejectedCount)
        }
      }
      if snapshots.isEmpty { continue }
      try body(snapshots)
      snapshotCount += snapshots.count
      if let last = snapshots.last { talk.progress(snapshots: snapshotCount, upTo: last.time) }
    }
    talk.finished(snapshots: snapshotCount, rejected: rejectedCount)
  }

  /// The next events, empty at the end; nil when a file was left because of damage.
  private func nextEvents(limit: Int) throws -> [RecordedEvent]? {
    do {
      return try stream.next(limit: limit)
    } catch {
      if strictness == .stop { throw error }
      talk.damaged(error)
      return nil
    }
  }

  /// The files that were read, with their digests, in name order; complete at the end.
  public var digests: [FileDigest] { stream.digests }
}
