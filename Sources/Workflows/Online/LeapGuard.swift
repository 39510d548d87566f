package import Checkpoints
package import MarketData
package import Markets

/// Keeps a book whose time is far ahead of the stream from making all that follow late.
///
/// Nothing but the stream's own times is looked at, so that the same lines always have the same answers. A book that is
/// ahead of the newest one by more than a limit leaps and is refused. Only when leaping books follow one another, each near
/// the one before it and none of the stream's old time between, for ``confirmation`` of their own time, has the stream
/// paused: the one that completes this is admitted. So the clock of one source among several that goes wrong stays
/// refused for as long as the others' books come between its own. The first book of all has nothing to be ahead of.
package struct LeapGuard: Sendable {
  /// How long leaping books must go on until they are believed.
  package static let confirmation = TimeSpan.seconds(1)
  /// How far a book may be ahead unless configured otherwise.
  package static let standardLimit = TimeSpan.hours(12)

  private struct Leap {
    let first: Timestamp
    var last: Timestamp
  }

  /// How far a book may be ahead of the newest one; nil when it may be ahead by anything.
  private let limit: TimeSpan?
  /// The newest time that was admitted.
  private var newest: Timestamp?
  private var leap: Leap?

  /// Creates the guard of a stream of which nothing was seen.
  package init(limit: TimeSpan?) { self.limit = limit }

  /// Admits the time of the stream's next book; whether it comes too late is not judged here.
  ///
  /// - Throws: `FieldFault` on `time` for a leap that is not confirmed.
  package mutating func admit(_ time: Timestamp) throws(FieldFault) {
    guard let limit, let newest, time - newest > limit else {
      newest = max(newest ?? time, time)
      leap = nil
      return
    }
    var leap = self.leap.flatMap { Self.isNear(time, $0.last, limit) ? $0 : nil } ?? Leap(first: time, last: time)
    leap.last = max(leap.last, time)
    if time - leap.first >= Self.confirmation {
      self.newest = time
      self.leap = nil
      return
    }
    self.leap = leap
    throw FieldFault(
      field: "time",
      reason: "\(time) is more than \(limit) after \(newest), the newest book, and not confirmed by those that follow")
  }

  /// The time at which something else than a book happened, told by its own message: that of the newest book for a leap.
  package func bounded(_ time: Timestamp) -> Timestamp {
    guard let limit, let newest, time - newest > limit else { return time }
    return newest
  }

  private static func isNear(_ time: Timestamp, _ other: Timestamp, _ limit: TimeSpan) -> Bool {
    time - other <= limit && other - time <= limit
  }
}

extension LeapGuard: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&newest)
    var (first, last) = (leap?.first, leap?.last)
    try archive.exchange(&first)
    try archive.exchange(&last)
    leap = if let first, let last { Leap(first: first, last: last) } else { nil }
  }
}
