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
  /// - Throws: `SourceFailure`, and `RecordFault` at the first bad record when reading is strict.
  public func forEachBatch(of limit: Int, _ body: ([BookSnapshot]) throws -> Void) throws {
    while true {
      let events = try stream.next(limit: limit)
      if events.isEmpty { break }
      var snapshots: [BookSnapshot] = []
      for event in events {
        switch event {
        case .snapshot(let snapshot):
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

  /// The files that were read, with their digests, in name order; complete at the end.
  public var digests: [FileDigest] { stream.digests }
}
