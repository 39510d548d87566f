internal import Checkpoints
internal import Margining
internal import Markets
internal import VenueFeeds

/// What goes along with a stream being scored, each part of it there when it was asked for.
///
/// A part is a value with methods of the shape of these; the session calls them in the order of the stream. What a part
/// remembers is exchanged behind the scorer's memory, in the order in which parts are listed here.
struct StreamFollowers: Sendable {
  /// What the policy recommends.
  var margins: StreamMargins?
  /// Lines of recommendations that were not taken yet.
  private var recommendations: [UInt8] = []

  init(margins: StreamMargins? = nil) { self.margins = margins }

  /// Follows the stream's time, as every book, lost book and report tells it; called before what happened then.
  mutating func pass(to time: Timestamp) {}

  /// Follows a book that was scored, or refused with a reason; called before it is answered.
  mutating func observe(_ snapshot: BookSnapshot, _ result: OnlineScorer.Result) {
    recommend { margins throws(RequestRefusal) in try margins.observe(result) }
  }

  /// Follows the loss of a book, which has no successor until the venue sends a new snapshot.
  mutating func observe(_ lost: InvalidBook) {
    recommend { margins throws(RequestRefusal) in
      try margins.observeInvalid(lost.market, at: lost.time, reason: "no book: \(lost.reason)")
    }
  }

  /// Appends the lines of recommendations since the last call.
  mutating func takeRecommendations(into output: inout [UInt8]) {
    output += recommendations
    recommendations.removeAll(keepingCapacity: true)
  }

  private mutating func recommend(
    _ steps: (inout StreamMargins) throws(RequestRefusal) -> [StreamMargins.Step]
  ) {
    guard var margins else { return }
    self.margins = nil
    do throws(RequestRefusal) {
      for step in try steps(&margins) { recommendations += step.notice?.line() ?? [] }
    } catch {
      recommendations += MarginNotice.line(refusal: error)
    }
    self.margins = margins
  }
}

extension StreamFollowers: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(optional: &margins, "recommendations of margins")
  }
}

extension StateArchive {
  /// Writes whether a part is there and its memory, or restores that of a part that is there.
  ///
  /// A part that was not there before begins with the memory it has.
  ///
  /// - Throws: `StateFault` when the part was there and is not any more.
  mutating func exchange<Part: Resumable>(optional part: inout Part?, _ name: String) throws(StateFault) {
    var isKept = part == nil ? 0 : 1
    try exchange(&isKept)
    if isKept == 0 { return }
    guard var resumed = part else { throw StateFault("it goes on with \(name), which are not asked for") }
    part = nil
    try exchange(&resumed)
    part = resumed
  }
}
