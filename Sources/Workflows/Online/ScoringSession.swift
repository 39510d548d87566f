internal import Checkpoints
public import Ledger
public import Margining
public import MarketData
public import Markets
public import ModelStore
public import Telemetry
internal import VenueFeeds

/// A stream of lines being scored: a line in, its answers out, and a state from which another process can go on.
///
/// Each book and each line that cannot be read is answered with one line, and so is the loss of a book. What else a
/// venue sends is read and not answered.
public struct ScoringSession: Sendable {
  /// How far a book's time may be ahead of the newest one on a live stream, unless configured otherwise.
  public static let standardLeapLimit = LeapGuard.standardLimit
  /// The number of lines that were answered.
  public private(set) var lineCount = 0
  /// How far the stream has come, which is no state.
  public private(set) var clock = StreamClock()
  /// What is counted of the stream, which is no state; nil counts nothing.
  public var tally: StreamTally?
  /// What times the stages, which is no state; nil times nothing.
  public var timer: StageTimer?

  /// The lines that could not be read and were not taken yet; nil, as at first, when nobody asks for them.
  public var rejectedLines: RejectedLines?

  private enum LastLine {
    case unknown
    case answered(InputLine)
    case restored(digest: String?)
  }

  private var memory: StreamMemory
  private var writer: ScoreLine
  private var identity: StreamIdentity
  private var lastLine = LastLine.unknown
  /// What hears whether the venue speaks, which is no state; nil for canonical lines.
  private var silence: VenueSilence?
  /// What notices that most books leap, which is no state; nil without a limit.
  private var leapWatch: LeapWatch?
  /// The size of the state that was taken last.
  private var lastSize = 0

  /// Creates a session that remembers nothing.
  ///
  /// - Parameters:
  ///   - reader: What reads the lines.
  ///   - followers: What goes along with the scores.
  ///   - leapLimit: How far a book's time may be ahead of the newest one without being confirmed; nil for any time.
  /// - Throws: `EncodingError` when the model's settings have no JSON form, which no stored model lacks.
  public init(
    _ artefact: ModelArtefact, reasonCount: Int, reader: StreamReader = .canonical, writer: ScoreLine,
    followers: FollowerSettings = FollowerSettings(), leapLimit: TimeSpan? = nil
  ) throws {
    memory = StreamMemory(
      leaps: LeapGuard(limit: leapLimit),
      scorer: OnlineScorer(artefact, reasonCount: reasonCount), reader: reader,
      followers: try StreamFollowers(artefact, followers))
    identity = try StreamIdentity(artefact, lines: reader.form)
    silence = reader.venue.map(VenueSilence.init)
    leapWatch = leapLimit.map(LeapWatch.init)
    self.writer = writer
  }

  /// Appends the answers to the next line, each with its line end.
  public mutating func answer(_ line: InputLine, into output: inout [UInt8]) {
    lineCount += 1
    lastLine = .answered(line)
    tally?.countLine()
    let events = memory.reader.read(line)
    timer?.finish(.parse)
    if silence != nil {
      silence?.observe(events)
      if VenueSilence.isSilent(events) { tally?.countPassedOver() }
    }
    for event in events { answer(event, into: &output) }
  }

  /// Appends the answers to what the end of the input completes.
  public mutating func finish(into output: inout [UInt8]) {
    for event in memory.reader.finish() { answer(event, into: &output) }
  }

  private mutating func answer(_ event: VenueEvent, into output: inout [UInt8]) {
    switch event {
    case .book(let snapshot):
      do throws(FieldFault) {
        try memory.leaps.admit(snapshot.time, of: memory.scorer.known(snapshot.market))
        leapWatch?.admit(snapshot.time)
      } catch {
        leapWatch?.refuse(snapshot.time)
        clock.refuse(snapshot.time)
        return answer(.rejected(error), into: &output)
      }
      var result = memory.scorer.score(snapshot, timing: &timer)
      if result.row != nil { clock.take(result.time) } else { clock.refuse(result.time) }
      memory.followers.observe(snapshot, &result, line: lineCount)
      tally?.observe(result)
      timer?.finish(.score)
      writer.append(result, to: &output)
      timer?.finish(.answer)
    case .invalid(let lost):
      let book = InvalidBook(time: memory.leaps.bounded(lost.time), market: lost.market, reason: lost.reason)
      memory.followers.observe(book)
      tally?.observe(book)
      output += writer.bytes(time: book.time, market: book.market, reason: "no book: \(book.reason)")
    case .rejected(let fault):
      tally?.observe(fault)
      output += writer.bytes(lineNumber: lineCount, field: fault.field, reason: fault.reason)
      if case .answered(let line) = lastLine { rejectedLines?.add(line, number: lineCount, fault) }
    case .trade, .figure, .liquidation:
      guard let report = event.report else { return }
      do throws(FieldFault) {
        try memory.leaps.admit(report)
      } catch {
        return answer(.rejected(error), into: &output)
      }
      memory.scorer.observe(report)
    case .quote, .ignored: break
    }
  }

  /// Says once that none of the lines so far said anything of the venue: after a thousand lines.
  public mutating func takeSilence() -> VenueNotHeard? { silence?.take(after: VenueSilence.patience) }

  /// The same at the end of the input, after any number of lines.
  public mutating func takeFinalSilence() -> VenueNotHeard? { silence?.take(after: 1) }

  /// Says once that most books of a thousand were refused as leaps.
  public mutating func takeLeaps() -> LeapsRefused? { leapWatch?.take() }

  /// The same at the end of the input, after any number of books since the last thousand.
  public mutating func takeFinalLeaps() -> LeapsRefused? { leapWatch?.takeFinal() }

  /// Moves the lines for one of the stream's files, beside the answers, that came since the last time.
  public mutating func moveLines(for file: StreamOutput, to lines: inout [UInt8]) {
    if file == .rejected { lines += rejectedLines?.take() ?? [] }
    memory.followers.moveLines(for: file, to: &lines)
  }

  /// The records for the stream's ledger that came since the last time.
  public mutating func takeRecords() -> [LedgerRecord] { memory.followers.takeRecords() }

  /// What drift monitors said since this was called last; it is counted now.
  public mutating func takeNotices() -> [DriftNotice] {
    let notices = memory.followers.takeNotices()
    for notice in notices { tally?.observe(notice) }
    return notices
  }

  /// Takes the state after the last answer.
  ///
  /// It mutates the session only so that no copy of the memory is made.
  ///
  /// - Parameter lengths: How long the files are that the stream has written.
  public mutating func takeState(_ lengths: OutputLengths) throws -> TakenState {
    let digest: String? =
      switch lastLine {
      case .unknown: nil
      case .answered(let line): StreamPosition.digest(line)
      case .restored(let digest): digest
      }
    let state = try TakenState(
      identity, StreamPosition(lines: lineCount, lengths: lengths, lastLine: digest), of: &memory,
      expecting: lastSize + lastSize / 8)
    lastSize = state.size
    return state
  }

  /// Goes on with a stream of which lines may be missing since the state was kept, and appends what follows from that.
  ///
  /// - Parameter answers: The number of answers that were given after the state. Where each line has one they count as
  ///   lines; otherwise it is not known how many lines they were.
  public mutating func interrupt(after answers: Int, into output: inout [UInt8]) {
    if answers > 0 {
      if memory.reader.answersEveryLine { lineCount += answers }
      lastLine = .unknown
    }
    for event in memory.reader.interrupt() { answer(event, into: &output) }
  }

  /// Goes on after recommendations that were written after the state was kept: every market's side says anew what holds,
  /// with a number above theirs.
  public mutating func passOver(recommendations: Int) {
    memory.followers.passOver(recommendations: recommendations)
  }

  /// Goes on from a state.
  ///
  /// - Throws: `SessionRefusal`; the session is then as it was.
  public mutating func resume(_ state: StreamState) throws(SessionRefusal) {
    if let obstacle = state.identity.obstacle(to: identity) {
      throw SessionRefusal(obstacle)
    }
    var restored = memory
    var archive = state.memory
    do {
      try archive.exchange(&restored)
      try archive.finish()
    } catch {
      throw SessionRefusal(error.description)
    }
    memory = restored
    lineCount = state.position.lines
    lastLine = .restored(digest: state.position.lastLine)
  }

  /// Goes on with another model and another writer, all memory kept, and with another policy where margins are recommended.
  ///
  /// - Parameters:
  ///   - record: What becomes records of a ledger from now on; nil without one.
  ///   - drift: What watches for drift from now on; nil leaves that as it is, and so does the plan that is there.
  /// - Throws: `SessionRefusal` when the model or its challenger does not fit the stream or the policy the margins in force;
  ///   all then goes on as before.
  public mutating func adopt(
    _ artefact: ModelArtefact, writer: ScoreLine, policy: MarginPolicy? = nil, accounts: Accounts? = nil,
    record: RecordSettings? = nil, drift: StreamDrift? = nil
  ) throws {
    let model = try StreamIdentity(artefact, lines: memory.reader.form)
    if let obstacle = identity.obstacle(to: model) { throw SessionRefusal(obstacle) }
    try memory.followers.adopt(artefact, policy: policy, accounts: accounts, record: record, drift: drift)
    identity = model
    self.writer = writer
    memory.scorer.adopt(artefact)
  }
}

extension ScoringSession {
  /// Puts what the session and its parts count onto a sheet of metrics that is written at `now`.
  public func report(to sheet: inout MetricSheet, at now: Timestamp) {
    tally?.report(to: &sheet, at: now)
  }
}

/// Why a session cannot take up a state or a model.
public struct SessionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason in words.
  public let description: String

  init(_ description: String) { self.description = description }
}
