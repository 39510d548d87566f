internal import Checkpoints
public import Margining
internal import Markets
internal import ModelStore
internal import VenueFeeds

/// Which parts go along with a stream being scored; none without settings.
public struct FollowerSettings: Sendable {
  /// Whether matured outcomes are written.
  public enum OutcomeRecord: Sendable {
    /// They only move what is said later.
    case omitted
    /// Each becomes a line.
    case written
  }

  /// How the stream learns from the outcomes of what it said; nil when it does not.
  public var feedback: FeedbackSettings?
  /// What becomes of matured outcomes.
  public var outcomes: OutcomeRecord
  /// What recommends margins; nil for scores alone.
  public var margins: StreamMargins?

  /// Creates settings; without arguments nothing goes along.
  public init(
    feedback: FeedbackSettings? = nil, outcomes: OutcomeRecord = .omitted, margins: StreamMargins? = nil
  ) {
    self.feedback = feedback
    self.outcomes = outcomes
    self.margins = margins
  }
}

/// What goes along with a stream being scored, each part of it there when it was asked for.
///
/// A part is a value with methods of the shape of these; the session calls them in the order of the stream. What a part
/// remembers is exchanged behind the scorer's memory, in the order in which parts are listed here.
struct StreamFollowers: Sendable {
  private var feedback: StreamFeedback?
  private var blankFeedback: StreamFeedback
  private var margins: StreamMargins?
  private let record: FollowerSettings.OutcomeRecord
  /// Lines for the files of outcomes and of recommendations that were not taken yet.
  private var outcomes: [UInt8] = []
  private var recommendations: [UInt8] = []

  init(_ artefact: ModelArtefact, _ settings: FollowerSettings) {
    feedback = settings.feedback.map { StreamFeedback(artefact, $0) }
    blankFeedback = StreamFeedback(artefact, settings.feedback ?? .standard)
    margins = settings.margins
    record = settings.outcomes
  }

  /// Follows the stream's time, as every book, lost book and report tells it; called before what happened then.
  mutating func pass(to time: Timestamp) {}

  /// Follows a book that was scored, or refused with a reason, and adds to the scores what it knows; called before the book
  /// is answered.
  mutating func observe(_ snapshot: BookSnapshot, _ result: inout OnlineScorer.Result) {
    let matured = feedback?.observe(snapshot, &result) ?? []
    if record == .written { for outcome in matured { outcomes += outcome.line() } }
    recommend { margins throws(RequestRefusal) in try margins.observe(result) }
  }

  /// Follows the loss of a book, which has no successor until the venue sends a new snapshot.
  mutating func observe(_ lost: InvalidBook) {
    recommend { margins throws(RequestRefusal) in
      try margins.observeInvalid(lost.market, at: lost.time, reason: "no book: \(lost.reason)")
    }
  }

  /// Moves the lines for one of the stream's files that came since the last time.
  mutating func moveLines(for output: StreamOutput, to lines: inout [UInt8]) {
    switch output {
    case .answers, .rejected: break
    case .outcomes: Self.move(&outcomes, to: &lines)
    case .recommendations: Self.move(&recommendations, to: &lines)
    }
  }

  private static func move(_ kept: inout [UInt8], to lines: inout [UInt8]) {
    lines += kept
    kept.removeAll(keepingCapacity: true)
  }

  /// Goes on after recommendations that the restored memory does not know: all that holds is said anew, numbered above.
  mutating func passOver(recommendations: Int) {
    if recommendations > 0 { margins?.sayAnew(after: recommendations) }
  }

  /// Goes on with another model of the same features and task, and with another policy where margins are recommended.
  mutating func adopt(_ artefact: ModelArtefact, policy: MarginPolicy?, accounts: Accounts?) throws(SessionRefusal) {
    if let policy { try margins?.adopt(policy, model: artefact, accounts: accounts) }
    feedback?.adopt(artefact)
    blankFeedback.adopt(artefact)
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
    // Feedback may be switched on or off between two processes; margins in force are not given up unsaid.
    try archive.exchange(optional: &feedback, blank: blankFeedback)
    try archive.exchange(optional: &margins, "recommendations of margins")
  }
}

extension StateArchive {
  /// Writes whether a part is there and its memory, or restores that of a part that is there.
  ///
  /// A part that was not there before begins with the memory it has.
  ///
  /// - Throws: `StateFault` when the part was there and is not any more.
  fileprivate mutating func exchange<Part: Resumable>(
    optional part: inout Part?, _ name: String
  ) throws(StateFault) {
    var isKept = part == nil ? 0 : 1
    try exchange(&isKept)
    if isKept == 0 { return }
    guard var resumed = part else { throw StateFault("it goes on with \(name), which are not asked for") }
    part = nil
    try exchange(&resumed)
    part = resumed
  }
}
