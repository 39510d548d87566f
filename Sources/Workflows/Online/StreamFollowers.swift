internal import Checkpoints
internal import Labels
internal import Ledger
internal import Margining
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
  /// What watches the outcomes for drift; nil without monitors, and nothing without feedback, which completes them.
  public var drift: StreamDrift?
  /// What recommends margins; nil for scores alone.
  public var margins: StreamMargins?
  /// What becomes records of a ledger; nil without one, and nothing without feedback, whose outcomes it holds.
  public var record: RecordSettings?

  /// Creates settings; without arguments nothing goes along.
  public init(
    feedback: FeedbackSettings? = nil, outcomes: OutcomeRecord = .omitted, drift: StreamDrift? = nil,
    margins: StreamMargins? = nil, record: RecordSettings? = nil
  ) {
    self.feedback = feedback
    self.outcomes = outcomes
    self.drift = drift
    self.margins = margins
    self.record = record
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
  private var record: StreamRecord?
  private var drift: StreamDrift?
  /// The task's own size of position; nil when it closes nothing out.
  private let notional: Double?
  private let outcomeRecord: FollowerSettings.OutcomeRecord
  /// Lines for the files of outcomes and of recommendations that were not taken yet.
  private var outcomes: [UInt8] = []
  private var recommendations: [UInt8] = []
  /// What drift monitors said and was not taken yet.
  private var notices: [DriftNotice] = []
  /// Records for the ledger that were not taken yet.
  private var records: [LedgerRecord] = []

  init(_ artefact: ModelArtefact, _ settings: FollowerSettings) throws {
    feedback = settings.feedback.map { StreamFeedback(artefact, $0) }
    blankFeedback = StreamFeedback(artefact, settings.feedback ?? .standard)
    margins = settings.margins
    record = try settings.record.map { try StreamRecord(artefact, $0) }
    drift = settings.drift
    notional = artefact.task.closeOut?.notional
    outcomeRecord = settings.outcomes
  }

  /// Follows a book that was scored, or refused with a reason, and adds to the scores what it knows; called before the book
  /// is answered.
  ///
  /// - Parameter line: The number of its line.
  mutating func observe(_ snapshot: BookSnapshot, _ result: inout OnlineScorer.Result, line: Int) {
    let matured = feedback?.observe(snapshot, &result) ?? []
    if outcomeRecord == .written { for outcome in matured { outcomes += outcome.line() } }
    notices += drift?.observe(matured, with: result, notional: notional) ?? []
    keep(matured, snapshot, result, line: line)
    recommend { margins throws(RequestRefusal) in try margins.observe(result) }
  }

  /// Records what is known by now and, where its outcome is awaited, what is said; margins in force are those before the book.
  private mutating func keep(
    _ matured: [MaturedOutcome], _ snapshot: BookSnapshot, _ result: OnlineScorer.Result, line: Int
  ) {
    guard record != nil else { return }
    records += record?.observe(matured, at: snapshot.time) ?? []
    guard feedback?.awaitsNewest(of: snapshot.market) ?? false else { return }
    let hasIntervention = BySide { margins?.hasIntervention(in: snapshot.market, $0) ?? false }
    records += record?.observe(snapshot, result, line: line, hasIntervention: hasIntervention) ?? []
  }

  /// The records for the ledger since this was called last.
  mutating func takeRecords() -> [LedgerRecord] {
    if records.isEmpty { return [] }
    defer { records.removeAll(keepingCapacity: true) }
    return records
  }

  /// What drift monitors said since this was called last.
  mutating func takeNotices() -> [DriftNotice] {
    if notices.isEmpty { return [] }
    defer { notices = [] }
    return notices
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

  /// Goes on with another model of the same features and task, with another policy where margins are recommended and with
  /// another challenger where there is a ledger; drift monitors of the same plan go on with what they have seen.
  mutating func adopt(
    _ artefact: ModelArtefact, policy: MarginPolicy?, accounts: Accounts?, record settings: RecordSettings?,
    drift other: StreamDrift?
  ) throws {
    var next = record
    if let settings { try next?.adopt(artefact, settings) }
    if let policy { try margins?.adopt(policy, model: artefact, accounts: accounts) }
    record = next
    if let other, other.name != drift?.name { drift = other }
    feedback?.adopt(artefact)
    blankFeedback.adopt(artefact)
  }

  private mutating func recommend(
    _ steps: (inout StreamMargins) throws(RequestRefusal) -> [StreamMargins.Step]
  ) {
    guard var margins else { return }
    self.margins = nil
    do throws(RequestRefusal) {
      for step in try steps(&margins) {
        guard let notice = step.notice else { continue }
        recommendations += notice.line()
        if record != nil { records += notice.records() }
      }
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
    var grid = record?.grid ?? RecordGrid()
    try archive.exchange(&grid)
    record?.grid = grid
    try archive.exchange(monitors: &drift)
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
