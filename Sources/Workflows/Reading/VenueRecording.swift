internal import MarketData
public import Markets
public import VenueFeeds

/// Recorded lines of one venue as a workflow reads them: files one after another as one stream, with bad lines counted
/// and named.
public struct VenueRecording {
  /// What becomes of trades, figures and forced executions.
  public enum Reports: String, CaseIterable, Sendable {
    /// They are handed over in their places among the books.
    case included
    /// They are passed over.
    case omitted
  }

  private let paths: [String]
  private var feed: VenueFeed
  private let strictness: Recording.Strictness
  private let talk: any Talk

  /// Names the files, which are read in the order given.
  ///
  /// - Parameters:
  ///   - feed: A feed that has seen nothing.
  ///   - talk: Where rejected lines and lost books are reported.
  public init(paths: [String], feed: VenueFeed, strictness: Recording.Strictness, talk: any Talk = Silence()) {
    self.paths = paths
    self.feed = feed
    self.strictness = strictness
    self.talk = talk
  }

  /// Hands over the books of each line, to the end.
  ///
  /// - Throws: As `forEachEvent` does.
  public mutating func forEachBook(_ body: (BookSnapshot) throws -> Void) throws {
    try forEachEvent(reports: .omitted) { event in
      if let snapshot = event.snapshot { try body(snapshot) }
    }
  }

  /// Hands over the books and, where asked for, the reports of each line, to the end; a report with a fault is then a bad
  /// line.
  ///
  /// - Throws: `SourceFailure` for a file that cannot be opened; when reading is strict also at the first damage, and
  ///   `RecordFault` at the first bad line.
  public mutating func forEachEvent(reports: Reports, _ body: (MarketEvent) throws -> Void) throws {
    var bookCount = 0
    var rejectedCount = 0
    for path in paths {
      var lines = try StoredLines(StoredBytes(path: path))
      while let line = try nextLine(of: &lines) {
        for event in events(line).map({ $0.judged(reports) }) {
          switch event {
          case .book(let snapshot):
            bookCount += 1
            try body(.book(snapshot))
            talk.progress(snapshots: bookCount, upTo: snapshot.time)
          case .rejected(let fault):
            let record = RecordFault(file: path, line: lines.number, field: fault.field, reason: fault.reason)
            if strictness == .stop { throw record }
            rejectedCount += 1
            talk.rejected(record, count: rejectedCount)
          case .invalid(let book):
            talk.step("\(path):\(lines.number): no book of \(book.market) from \(book.time) on: \(book.reason)")
          case .trade, .figure, .liquidation:
            if reports == .included, let report = event.report { try body(.report(report)) }
          case .quote, .ignored: continue
          }
        }
      }
    }
    for case .book(let snapshot) in feed.finish() {
      bookCount += 1
      try body(.book(snapshot))
    }
    talk.finished(snapshots: bookCount, rejected: rejectedCount)
  }

  private mutating func events(_ line: SplitLine) -> [VenueEvent] {
    switch line {
    case .complete(let bytes): feed.read(bytes)
    case .tooLong: [.rejected(FieldFault(field: "record", reason: "the line is too long"))]
    }
  }

  /// The next line; nil at the end and at damage, unless reading is strict.
  private func nextLine(of lines: inout StoredLines) throws -> SplitLine? {
    do {
      return try lines.next()
    } catch {
      if strictness == .stop { throw error }
      talk.damaged(error)
      return nil
    }
  }
}

extension VenueEvent {
  /// The event, or the rejection of a report that is asked for and has a fault.
  fileprivate func judged(_ reports: VenueRecording.Reports) -> VenueEvent {
    guard reports == .included, let report, let fault = report.fault else { return self }
    return .rejected(FieldFault(fault, in: report.name))
  }
}
