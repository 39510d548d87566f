internal import MarketData
public import Markets
public import VenueFeeds

/// Recorded lines of one venue as a workflow reads them: files merged by receive time into one stream, with bad lines
/// counted and named.
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
  let strictness: Recording.Strictness
  private let talk: any Talk

  /// Where an event comes from.
  struct Place {
    let path: String
    let line: Int

    func fault(_ kind: RecordFault.Kind, _ fault: FieldFault, of market: MarketName? = nil) -> RecordFault {
      RecordFault(kind: kind, file: path, line: line, market: market, field: fault.field, reason: fault.reason)
    }
  }

  /// Names files and folders.
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
  /// - Parameter lost: Takes the loss of a book, in its place among the events.
  /// - Throws: `SourceFailure` for a file that cannot be opened; when reading is strict also at the first damage, and
  ///   `RecordFault` at the first bad line.
  public mutating func forEachEvent(
    reports: Reports, lost: (InvalidBook) throws -> Void = { _ in }, _ body: (MarketEvent) throws -> Void
  ) throws {
    var bookCount = 0
    var rejectedCount = 0
    let talk = talk
    let isStrict = strictness == .stop
    try forEachEvent { event, place in
      switch event {
      case .book(let snapshot):
        bookCount += 1
        try body(.book(snapshot))
        talk.progress(snapshots: bookCount, upTo: snapshot.time)
      case .rejected(let fault):
        rejectedCount += 1
        talk.rejected(place.fault(.malformed, fault), count: rejectedCount)
      case .invalid(let book):
        talk.step("\(place.path):\(place.line): no book of \(book.market) from \(book.time) on: \(book.reason)")
        try lost(book)
      case .trade, .figure, .liquidation:
        guard reports == .included, let report = event.report else { break }
        guard let fault = report.fault else { return try body(.report(report)) }
        let record = place.fault(.malformed, FieldFault(fault, in: report.name), of: report.market)
        if isStrict { throw record }
        rejectedCount += 1
        talk.rejected(record, count: rejectedCount)
      case .quote, .ignored: break
      }
    }
    talk.finished(snapshots: bookCount, rejected: rejectedCount)
  }

  /// Hands over what each line says, to the end; that no line says anything is said as it is of a stream.
  ///
  /// - Throws: as `forEachBook`.
  mutating func forEachEvent(_ body: (VenueEvent, Place) throws -> Void) throws {
    var lines = try VenueLines(paths: paths, venue: feed.venue)
    var last = Place(path: paths.first ?? "", line: 0)
    var silence = VenueSilence(feed.venue)
    while let file = try nextFile(of: &lines), let line = file.line {
      last = Place(path: file.path, line: file.number)
      let events = events(line, of: file)
      silence.observe(events)
      if let unheard = silence.take(after: VenueSilence.patience) { talk.notHeard(unheard) }
      for event in events {
        if let market = event.market { file.note(market) }
        try hand(event, last, to: body)
      }
    }
    let rest = feed.finish()
    if !VenueSilence.isSilent(rest) { silence.observe(rest) }
    if let unheard = silence.take(after: 1) { talk.notHeard(unheard) }
    for event in rest { try hand(event, last, to: body) }
  }

  private func hand(_ event: VenueEvent, _ place: Place, to body: (VenueEvent, Place) throws -> Void) throws {
    if strictness == .stop, case .rejected(let fault) = event { throw place.fault(.malformed, fault) }
    try body(event, place)
  }

  private mutating func events(_ line: SplitLine, of file: VenueFile) -> [VenueEvent] {
    switch line {
    case .complete(let bytes): feed.read(bytes, onlyMarket: file.onlyMarket)
    case .tooLong: feed.miss(FieldFault(field: "record", reason: "the line is too long"))
    }
  }

  /// The file of the next line; nil at the end.
  ///
  /// A damaged one is left, unless reading is strict.
  private func nextFile(of lines: inout VenueLines) throws -> VenueFile? {
    while true {
      do {
        return try lines.next()
      } catch {
        if strictness == .stop { throw error }
        talk.damaged(error)
      }
    }
  }
}
