internal import Checkpoints
internal import Ledger
internal import Markets
internal import ModelStore
internal import VenueFeeds

/// Which parts go along with a stream being scored.
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

  /// What becomes records of a ledger; nil without one, and nothing without feedback, whose outcomes it holds.
  public var record: RecordSettings?

  /// Creates settings; without arguments nothing goes along.
  public init(
    feedback: FeedbackSettings? = nil, outcomes: OutcomeRecord = .omitted, record: RecordSettings? = nil
  ) {
    self.feedback = feedback
    self.outcomes = outcomes
    self.record = record
  }
}

/// What goes along with a stream being scored, each part of it there when it was asked for.
///
/// A part is a value with methods of the shape of these; the session calls them in the order of the stream. What a part
/// remembers is exchanged behind the scorer's memory, in the order in which parts are listed here. A part that was not there
/// when a state was kept begins with nothing; what a part remembered that is not there any more is passed over.
struct StreamFollowers: Sendable {
  /// The lines of the outcomes that matured since they were taken away last.
  var outcomes: [UInt8] = []
  /// The records for the ledger that were not taken away yet.
  var records: [LedgerRecord] = []
  private let outcomeRecord: FollowerSettings.OutcomeRecord
  private var feedback: StreamFeedback?
  private var blankFeedback: StreamFeedback
  private var record: StreamRecord?

  init(_ artefact: ModelArtefact, _ settings: FollowerSettings) throws {
    outcomeRecord = settings.outcomes
    record = try settings.record.map { try StreamRecord(artefact, $0) }
    feedback = settings.feedback.map { StreamFeedback(artefact, $0) }
    blankFeedback = StreamFeedback(artefact, settings.feedback ?? .standard)
  }

  /// Follows the stream's time, as every book, lost book and report tells it; called before what happened then.
  mutating func pass(to time: Timestamp) {}

  /// Follows a book that was scored, or refused with a reason, and adds to the scores what it knows; called before the book
  /// is answered.
  ///
  /// - Parameter line: The number of its line.
  mutating func observe(_ snapshot: BookSnapshot, _ result: inout OnlineScorer.Result, line: Int) {
    guard let matured = feedback?.observe(snapshot, &result) else { return }
    if outcomeRecord == .written { for outcome in matured { outcomes += outcome.line() } }
    records += record?.observe(matured, at: snapshot.time) ?? []
    guard feedback?.awaitsNewest(of: snapshot.market) ?? false else { return }
    records += record?.observe(snapshot, result, line: line, hasIntervention: BySide(sell: false, buy: false)) ?? []
  }

  /// Follows the loss of a book, which has no successor until the venue sends a new snapshot.
  mutating func observe(_ lost: InvalidBook) {}

  /// Goes on with another model of the same features and task, and with another challenger.
  ///
  /// - Throws: `SessionRefusal` when the challenger does not fit; all then goes on as before.
  mutating func adopt(_ artefact: ModelArtefact, _ record: RecordSettings?) throws {
    if let record { try self.record?.adopt(artefact, record) }
    feedback?.adopt(artefact)
    blankFeedback.adopt(artefact)
  }
}

extension StreamFollowers: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(optional: &feedback, blank: blankFeedback)
    var grid = record?.grid ?? RecordGrid()
    try archive.exchange(&grid)
    record?.grid = grid
  }
}
