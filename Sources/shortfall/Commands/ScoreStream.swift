import Foundation
import Ledger
import Logging
import Margining
import MarketData
import Markets
import ModelStore
import Telemetry
import Workflows

/// Where the input of a process that goes on from a state begins.
enum Resumption: String, CaseIterable {
  /// After the lines that were answered; what came since is lost to the features.
  case continued
  /// At the line after the state's position.
  case rewound
  /// At its first line.
  case replayed
}

/// Standard input, or a recording in its place, being scored to its end, or until a signal asks to stop.
struct ScoreStream: ~Copyable {
  /// What is read again when a signal asks for it.
  typealias Loading = () throws -> Loaded

  /// A model and what is made of its scores.
  struct Loaded {
    let model: StoredModel
    let writer: ScoreLine
    /// The policy whose recommendations are written; nil without them.
    let policy: MarginPolicy?
    /// The open positions; nil when they are not known.
    let accounts: Accounts?
    /// What becomes records of the ledger; nil without one.
    let record: RecordSettings?
    /// What watches the outcomes for drift; nil without monitors.
    let drift: StreamDrift?
  }

  private let load: Loading
  private let outputs: StreamOutputs
  private let stateFile: StateFile?
  private let checkpoints: Checkpoints?
  private let resumption: Resumption
  private let interval: CheckpointInterval
  private var session: ScoringSession
  private var telemetry: StreamTelemetry
  private let recording: RecordedFeed?
  private let input: (descriptor: Int32, name: String)
  private var lines: LineReader
  private var hasEnded = false
  /// Answers to lines that came together, until there are enough of them or the next line is not there yet.
  private var answers: [UInt8] = []
  /// How many lines they answer.
  private var answeredLines = 0
  /// The number of bytes of answers that are written even when more lines wait.
  private static let fullBatch = 1 << 15
  /// Lines on their way into another file than the answers'.
  private var side: [UInt8] = []

  init(
    reasonCount: Int, reader: StreamReader, recording: RecordedFeed?, followers: FollowerSettings,
    outputs: StreamOutputs, stateFile: StateFile?, resumption: Resumption, interval: CheckpointInterval,
    leapLimit: TimeSpan?, telemetry: StreamTelemetry, load: @escaping Loading
  ) throws {
    self.load = load
    self.recording = recording
    self.telemetry = telemetry
    input = recording.map { ($0.descriptor, "the recording") } ?? (STDIN_FILENO, "standard input")
    lines = LineReader(fileDescriptor: input.descriptor, name: input.name)
    self.outputs = outputs
    self.stateFile = stateFile
    checkpoints = stateFile.map { Checkpoints($0, outputs: outputs) }
    self.resumption = resumption
    self.interval = interval
    let loaded = try load()
    try self.telemetry.take(loaded.model)
    let artefact = loaded.model.artefact
    var followers = followers
    followers.record = loaded.record
    followers.drift = loaded.drift
    followers.margins = loaded.policy.map { StreamMargins(policy: $0, model: artefact, accounts: loaded.accounts) }
    session = try ScoringSession(
      artefact, reasonCount: reasonCount, reader: reader, writer: loaded.writer, followers: followers,
      leapLimit: leapLimit)
    if outputs[.rejected] != nil { session.rejectedLines = RejectedLines() }
  }

  /// Answers every line.
  mutating func run() throws {
    do {
      try runToTheEnd()
    } catch {
      telemetry.fail(session, checkpoints, error)
      throw error
    }
  }

  private mutating func runToTheEnd() throws {
    let state = try stateFile?.load()
    recording?.begin(passingOver: state?.position.lines ?? 0)
    if let state, try !goOn(from: state) { return }
    try keep()
    try telemetry.begin(&session, checkpoints)
    try answerLines()
    // Without what the end completes: a longer input can then be gone on with.
    try keep()
    if hasEnded {
      session.finish(into: &answers)
      if let unheard = session.takeFinalSilence() { telemetry.say(unheard) }
      if let refused = session.takeFinalLeaps() { telemetry.say(refused) }
    }
    try write()
    try outputs.ledger?.flush()
    telemetry.finish(&session, checkpoints)
    if hasEnded { try recording?.finish() }
  }

  private mutating func answerLines() throws {
    var schedule = CheckpointSchedule(interval, lines: session.lineCount)
    while let line = try next() {
      session.timer?.finish(.read)
      session.answer(line, into: &answers)
      answeredLines += 1
      if let unheard = session.takeSilence() { telemetry.say(unheard) }
      if let refused = session.takeLeaps() { telemetry.say(refused) }
      if answers.count >= Self.fullBatch { try write() }
      if let checkpoints { try follow(&schedule, checkpoints) }
      telemetry.follow(&session, checkpoints)
      session.timer?.begin()
    }
  }

  /// Writes the answers that wait and what came with them for other files, and empties their buffer.
  private mutating func write() throws {
    for kind in [StreamOutput.rejected, .outcomes, .recommendations] {
      guard let file = outputs[kind] else { continue }
      side.removeAll(keepingCapacity: true)
      session.moveLines(for: kind, to: &side)
      if !side.isEmpty { try file.write(side) }
    }
    for notice in session.takeNotices() { telemetry.say(notice) }
    if let ledger = outputs.ledger {
      try ledger.append(session.takeRecords())
      if let failure = ledger.takeFailure() { log.error("the ledger's records wait: \(failure)") }
    }
    defer { answeredLines = 0 }
    if answers.isEmpty { return }
    try outputs[.answers]?.write(answers)
    session.timer?.finishLines(answeredLines)
    telemetry.counts.answerBytes += answers.count
    answers.removeAll(keepingCapacity: true)
  }

  /// Takes up a state, and input and output where it left them; false when asked to stop before that was done.
  private mutating func goOn(from state: StreamState) throws -> Bool {
    try session.resume(state)
    let position = state.position
    switch resumption {
    case .continued: try goOn(after: position)
    case .rewound: try outputs.cut(to: position.lengths)
    case .replayed:
      guard try passOver(position) else { return false }
      try outputs.cut(to: position.lengths)
    }
    log.notice("goes on after line \(session.lineCount)")
    return true
  }

  /// Goes on where the feed is now: what was written after the state stands, and is said to be unknown.
  private mutating func goOn(after position: StreamPosition) throws {
    for kind in [StreamOutput.rejected, .outcomes] { _ = try outputs.settle(kind, after: position.lengths) }
    let later = try outputs.settle(.answers, after: position.lengths)
    if later > 0 { log.warning("what the last \(later) answers rest on is not in the state, and forgotten") }
    let unknown = try outputs.settle(.recommendations, after: position.lengths)
    session.passOver(recommendations: unknown)
    if unknown > 0 { log.warning("the policy does not know the last \(unknown) recommendations written before") }
    session.interrupt(after: later, into: &answers)
    try write()
  }

  /// Passes over the lines that were answered; false when asked to stop meanwhile.
  private mutating func passOver(_ position: StreamPosition) throws -> Bool {
    for number in 0..<position.lines {
      guard let line = try next() else {
        if StreamSignals.wantsStop { return false }
        try recording?.finish()
        throw Refusal.gate("\(input.name) ended after line \(number), and the state has answered \(position.lines)")
      }
      if number + 1 == position.lines, !position.canEnd(with: line) {
        throw Refusal.gate("line \(position.lines) is not the one that the state has answered: another input?")
      }
    }
    return true
  }

  /// The next line; nil at the end and when asked to stop.
  ///
  /// No answer stays unwritten while it waits.
  private mutating func next() throws -> InputLine? {
    while !StreamSignals.wantsStop {
      if StreamSignals.takeReload() { reload() }
      if let line = lines.received() { return line }
      if hasEnded { return nil }
      try write()
      switch StreamSignals.wait(for: input.descriptor, patience: telemetry.patience) {
      case .request: continue
      case .nothing:
        telemetry.follow(&session, checkpoints)
        continue
      case .input: session.timer?.receive()
      }
      if try lines.receive() == .end {
        hasEnded = true
        return lines.last()
      }
    }
    return nil
  }

  private mutating func reload() {
    do {
      let loaded = try load()
      let model = loaded.model
      try session.adopt(
        model.artefact, writer: loaded.writer, policy: loaded.policy, accounts: loaded.accounts,
        record: loaded.record, drift: loaded.drift)
      try telemetry.take(model)
      telemetry.counts.takenReloads += 1
      log.notice("took up model \(model.artefact.name) and the policy after line \(session.lineCount)")
    } catch {
      telemetry.counts.refusedReloads += 1
      log.error("keeps the old model and policy: \(error)")
    }
  }

  /// Puts the state into its file.
  private mutating func keep() throws {
    try write()
    try checkpoints?.keep(session.takeState(outputs.lengths))
  }

  /// Sends the state on its way to its file when that is due; one that is late delays the next, never an answer.
  private mutating func follow(_ schedule: inout CheckpointSchedule, _ checkpoints: Checkpoints) throws {
    if checkpoints.isBusy { return }
    if let failure = checkpoints.takeFailure() {
      log.error("the state was not kept, the old one stands: \(failure)")
    }
    guard schedule.isDue(lines: session.lineCount, clock: session.clock) else { return }
    try write()
    checkpoints.send(try session.takeState(outputs.lengths))
  }

  private var log: Logger { telemetry.log }
}
