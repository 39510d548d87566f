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
  ///   - from: Snapshots and reports before this instant are left out.
  ///   - to: Snapshots and reports from this instant on are left out.
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

  /// Hands over the snapshots in batches of bounded size, to the end; reports beside them are passed over.
  ///
  /// - Throws: As `forEachEventBatch` does.
  public func forEachBatch(of limit: Int, _ body: ([BookSnapshot]) throws -> Void) throws {
    try forEachEventBatch(of: limit) { events in
      let snapshots = events.compactMap(\.snapshot)
      if !snapshots.isEmpty { try body(snapshots) }
    }
  }

  /// Hands over the snapshots and the reports beside them in batches of bounded size, to the end.
  ///
  /// A file that cannot be read on, such as one whose last gzip member is not complete yet, is reported and left; what came
  /// before the damage counts, and its digest is not among `digests`.
  ///
  /// - Throws: when reading is strict: `SourceFailure` at the first damage, `RecordFault` at the first bad record, each after
  ///   all that came before it was handed over.
  public func forEachEventBatch(of limit: Int, _ body: ([MarketEvent]) throws -> Void) throws {
    while true {
      guard let records = try nextEvents(limit: limit) else { continue }
      if records.isEmpty { break }
      let (events, fault) = admitted(records)
      if let last = events.last {
        try body(events)
        snapshotCount += events.count { $0.snapshot != nil }
        talk.progress(snapshots: snapshotCount, upTo: last.time)
      }
      if let fault { throw fault }
    }
    talk.finished(snapshots: snapshotCount, rejected: rejectedCount)
  }

  /// The events of records inside the window, up to the bad record at which a strict reading stops; others are counted and reported.
  private func admitted(_ records: [RecordedEvent]) -> (events: [MarketEvent], fault: RecordFault?) {
    var events: [MarketEvent] = []
    for record in records {
      let event: MarketEvent
      switch record {
      case .snapshot(let snapshot):
        lastInstant = snapshot.time
        event = .book(snapshot)
      case .report(let report): event = .report(report)
      case .rejected(let fault):
        if strictness == .stop { return (events, fault) }
        rejectedCount += 1
        talk.rejected(fault, count: rejectedCount)
        continue
      }
      if event.time >= from && event.time < to { events.append(event) }
    }
    return (events, nil)
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
