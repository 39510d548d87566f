import Foundation
import Logging
import Margining
import MarketData
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

  init(
    reasonCount: Int, reader: StreamReader, recording: RecordedFeed?, outputs: StreamOutputs, stateFile: StateFile?,
    resumption: Resumption, interval: CheckpointInterval, telemetry: StreamTelemetry, load: @escaping Loading
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
    let artefact = loaded.model.artefact
    self.telemetry.counts.model = loaded.model
    session = try ScoringSession(
      artefact, reasonCount: reasonCount, reader: reader, writer: loaded.writer,
      margins: loaded.policy.map { StreamMargins(policy: $0, model: artefact, accounts: loaded.accounts) })
    if outputs.rejected != nil { session.rejectedLines = RejectedLines() }
  }

  /// Answers every line.
  mutating func run() throws {
    StreamSignals.listen()
    let state = try stateFile?.load()
    recording?.begin(passingOver: state?.position.lines ?? 0)
    if let state, try !goOn(from: state) { return }
    try keep()
    try telemetry.begin(&session, checkpoints)
    try answerLines()
    // Without what the end completes: a longer input can then be gone on with.
    try keep()
    if hasEnded {
      var answers: [UInt8] = []
      session.finish(into: &answers)
      try write(&answers)
      try writeRecommendations()
    }
    telemetry.finish(&session, checkpoints)
    if hasEnded { try recording?.finish() }
  }

  private mutating func answerLines() throws {
    var schedule = CheckpointSchedule(interval, lines: session.lineCount)
    var answers: [UInt8] = []
    while let line = try next() {
      session.timer?.finish(.read)
      session.answer(line, into: &answers)
      try write(&answers)
      try writeRecommendations()
      if let checkpoints { try follow(&schedule, checkpoints) }
      telemetry.follow(&session, checkpoints)
      session.timer?.begin()
    }
  }

  /// Writes answers, and empties their buffer.
  private mutating func write(_ answers: inout [UInt8]) throws {
    if let rejected = session.rejectedLines?.take(), !rejected.isEmpty { try outputs.rejected?.write(rejected) }
    if answers.isEmpty { return }
    try outputs.answers.write(answers)
    session.timer?.finishLines(1)
    telemetry.counts.answerBytes += answers.count
    answers.removeAll(keepingCapacity: true)
  }

  /// Writes what the policy recommends since the last line.
  private mutating func writeRecommendations() throws {
    guard let recommendations = outputs.recommendations else { return }
    var lines: [UInt8] = []
    session.takeRecommendations(into: &lines)
    if !lines.isEmpty { try recommendations.write(lines) }
  }

  /// Takes up a state, and input and output where it left them; false when asked to stop before that was done.
  private mutating func goOn(from state: StreamState) throws -> Bool {
    try session.resume(state)
    let position = state.position
    switch resumption {
    case .continued:
      let later = try outputs.settle(after: position.lengths)
      if later.answers > 0 {
        log.warning("what the last \(later.answers) answers rest on is not in the state, and forgotten")
      }
      session.passOver(recommendations: later.recommendations)
      if later.recommendations > 0 {
        log.warning("the policy does not know the last \(later.recommendations) recommendations written before")
      }
      var answers: [UInt8] = []
      session.interrupt(after: later.answers, into: &answers)
      try write(&answers)
      try writeRecommendations()
    case .rewound:
      try outputs.cut(to: position.lengths)
    case .replayed:
      guard try passOver(position) else { return false }
      try outputs.cut(to: position.lengths)
    }
    log.notice("goes on after line \(session.lineCount)")
    return true
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
  private mutating func next() throws -> InputLine? {
    while !StreamSignals.wantsStop {
      if StreamSignals.takeReload() { reload() }
      if let line = lines.received() { return line }
      if hasEnded { return nil }
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
      let artefact = loaded.model.artefact
      try session.adopt(artefact, writer: loaded.writer, policy: loaded.policy, accounts: loaded.accounts)
      telemetry.counts.model = loaded.model
      telemetry.counts.takenReloads += 1
      log.notice("took up model \(artefact.name) and the policy after line \(session.lineCount)")
    } catch {
      telemetry.counts.refusedReloads += 1
      log.error("keeps the old model and policy: \(error)")
    }
  }

  /// Puts the state into its file.
  private mutating func keep() throws {
    try checkpoints?.keep(session.takeState(outputs.lengths))
  }

  /// Sends the state on its way to its file when that is due; one that is late delays the next, never an answer.
  private mutating func follow(_ schedule: inout CheckpointSchedule, _ checkpoints: Checkpoints) throws {
    if checkpoints.isBusy { return }
    if let failure = checkpoints.takeFailure() {
      log.error("the state was not kept, the old one stands: \(failure)")
    }
    guard schedule.isDue(lines: session.lineCount, time: session.time) else { return }
    checkpoints.send(try session.takeState(outputs.lengths))
  }

  private var log: Logger { telemetry.log }
}
