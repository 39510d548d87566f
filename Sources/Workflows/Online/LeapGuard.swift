package import Checkpoints
package import MarketData
package import Markets

/// Keeps a book or a report whose time is far ahead of the stream from making all that follow late.
///
/// Nothing but the stream's own times and markets is looked at, so that the same lines always have the same answers. A book
/// that is ahead of the newest one by more than a limit leaps and is refused. Only when leaping books follow one another,
/// each near the one before it and none of the stream's old time between, has the stream paused, and the one that
/// completes this is admitted:
/// - books of several markets for ``confirmation`` of their own time,
/// - those of a market that has been alone on the stream for ``company`` likewise,
/// - those of one market among others for as long as the limit, because the others may be gone.
///
/// So one source whose clock goes wrong stays refused as long as the others speak within the limit. Only markets that the model
/// knows count: a damaged name is no second market. A late book, which is not judged here, shows that its market speaks. The
/// first book of all has nothing to be ahead of. A report that leaps is refused too, and confirms and refutes nothing:
/// reports may be late.
package struct LeapGuard: Sendable {
  /// How long leaping books must go on until they are believed, where nothing speaks against them.
  package static let confirmation = TimeSpan.seconds(1)
  /// How long a market counts as one of the stream's after its last book, or for the limit if that is longer.
  package static let company = TimeSpan.days(1)
  /// How far a book may be ahead unless configured otherwise.
  package static let standardLimit = TimeSpan.hours(12)

  /// How far a book may be ahead of the newest one; nil when it may be ahead by anything.
  private let limit: TimeSpan?
  /// The books that were admitted; nil before the first.
  private var stream: Course?
  /// The books that would leap.
  private var leap: Course?

  /// Creates the guard of a stream of which nothing was seen.
  package init(limit: TimeSpan?) { self.limit = limit }

  /// Admits the time of the stream's next book; whether it comes too late is not judged here.
  ///
  /// - Parameter market: Its market; nil for one that the model does not know, whose books confirm nothing.
  /// - Throws: `FieldFault` on `time` for a leap that is not confirmed.
  package mutating func admit(_ time: Timestamp, of market: MarketName?) throws(FieldFault) {
    guard let limit, let newest = newestLeapt(by: time) else {
      stream.extend(to: time, market)
      leap = nil
      return
    }
    let fault = Self.fault(time, limit, newest, "not confirmed by those that follow")
    guard let market else { throw fault }
    if let last = leap?.newest, !Self.isNear(time, last, limit) { leap = nil }
    leap.extend(to: time, market)
    guard var confirmed = leap, let before = stream,
      time - confirmed.first >= Self.wait(for: confirmed, after: before, limit)
    else { throw fault }
    // Another leaping book may have been later still, and was not admitted.
    confirmed.newest = time
    stream = confirmed
    leap = nil
  }

  /// Admits a report by its time.
  ///
  /// - Throws: `FieldFault` on `time` for one that is too far ahead of the newest book.
  package func admit(_ report: MarketReport) throws(FieldFault) {
    guard let limit, let newest = newestLeapt(by: report.time) else { return }
    throw Self.fault(report.time, limit, newest, "a report is not believed before books are")
  }

  /// The time at which something else than a book happened, told by its own message: that of the newest book for a leap.
  package func bounded(_ time: Timestamp) -> Timestamp { newestLeapt(by: time) ?? time }

  /// The newest book's time where a time leaps ahead of it; nil where it does not.
  private func newestLeapt(by time: Timestamp) -> Timestamp? {
    guard let limit, let newest = stream?.newest, time - newest > limit else { return nil }
    return newest
  }

  /// For how long the leap must go on.
  private static func wait(for leap: Course, after stream: Course, _ limit: TimeSpan) -> TimeSpan {
    if leap.isOfSeveral { return confirmation }
    let isAlone = leap.market == stream.market && !stream.hasCompany(within: max(company, limit))
    return isAlone ? confirmation : max(confirmation, limit)
  }

  private static func isNear(_ time: Timestamp, _ other: Timestamp, _ limit: TimeSpan) -> Bool {
    time - other <= limit && other - time <= limit
  }

  private static func fault(
    _ time: Timestamp, _ limit: TimeSpan, _ newest: Timestamp, _ consequence: String
  ) -> FieldFault {
    FieldFault(
      field: "time", reason: "\(time) is more than \(limit) after \(newest), the newest book, and \(consequence)")
  }
}

/// Books that follow one another.
private struct Course: Sendable {
  /// The time of the first one.
  let first: Timestamp
  /// The newest time.
  var newest: Timestamp
  /// The last one's market, as far as it is known.
  private(set) var market: MarketName?
  /// The newest time when a book of another market came last; nil when there was none.
  private var companion: Timestamp?

  init(_ time: Timestamp, _ market: MarketName?) {
    (first, newest, self.market) = (time, time, market)
  }

  mutating func extend(to time: Timestamp, _ market: MarketName?) {
    if let market, market != self.market {
      if self.market != nil { companion = newest }
      self.market = market
    }
    newest = max(newest, time)
  }

  /// Whether books of more than one market were among them.
  var isOfSeveral: Bool { companion != nil }

  /// Whether a book of another market than the last one's came within a span before the newest.
  func hasCompany(within span: TimeSpan) -> Bool { companion.map { newest - $0 <= span } ?? false }
}

extension Course? {
  /// Adds a book to the course, or begins it.
  fileprivate mutating func extend(to time: Timestamp, _ market: MarketName?) {
    if self == nil { self = Course(time, market) } else { self?.extend(to: time, market) }
  }
}

extension LeapGuard: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&stream)
    try archive.exchange(&leap)
  }
}

extension Course: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    first = try Timestamp(from: &archive)
    newest = try Timestamp(from: &archive)
    market = try MarketName?(from: &archive)
    companion = try Timestamp?(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    first.write(to: &archive)
    newest.write(to: &archive)
    market.write(to: &archive)
    companion.write(to: &archive)
  }
}
