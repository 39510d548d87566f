internal import Checkpoints
internal import Markets
internal import VenueFeeds

/// What goes along with a stream being scored, each part of it there when it was asked for.
///
/// A part is a value with methods of the shape of these; the session calls them in the order of the stream. What a part
/// remembers is exchanged behind the scorer's memory, in the order in which parts are listed here; whether a part is
/// there and what it is set to belongs into `StreamIdentity`.
struct StreamFollowers: Sendable {
  /// Follows the stream's time, as every book, lost book and report tells it; called before what happened then.
  mutating func pass(to time: Timestamp) {}

  /// Follows a book that was scored, or refused with a reason; called before it is answered.
  mutating func observe(_ snapshot: BookSnapshot, _ result: OnlineScorer.Result) {}

  /// Follows the loss of a book, which has no successor until the venue sends a new snapshot.
  mutating func observe(_ lost: InvalidBook) {}
}

extension StreamFollowers: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {}
}
