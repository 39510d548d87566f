import Foundation
import MarketData
import ModelStore
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

/// Standard input being scored to its end, or until a signal asks to stop.
struct ScoreStream: ~Copyable {
  /// What is read again when a signal asks for it.
  typealias Loading = () throws -> (artefact: ModelArtefact, writer: ScoreLine)

  private let load: Loading
  private let output: AnswerOutput
  private let stateFile: StateFile?
  private let checkpoints: Checkpoints?
  private let resumption: Resumption
  private let interval: CheckpointInterval
  private var session: ScoringSession
  private var lines = LineReader(fileDescriptor: STDIN_FILENO, name: "standard input")
  private var hasEnded = false

  init(
    reasonCount: Int, reader: StreamReader, output: AnswerOutput, stateFile: StateFile?, resumption: Resumption,
    interval: CheckpointInterval, load: @escaping Loading
  ) throws {
    self.load = load
    self.output = output
    self.stateFile = stateFile
    checkpoints = stateFile.map { Checkpoints($0, output: output) }
    self.resumption = resumption
    self.interval = interval
    let (artefact, writer) = try load()
    session = try ScoringSession(artefact, reasonCount: reasonCount, reader: reader, writer: writer)
  }

  /// Answers every line.
  mutating func run() throws {
    StreamSignals.listen()
    if let state = try stateFile?.load(), try !goOn(from: state) { return }
    try keep()
    var schedule = CheckpointSchedule(interval, lines: session.lineCount)
    var answers: [UInt8] = []
    while let line = try next() {
      session.answer(line, into: &answers)
      try write(&answers)
      if let checkpoints { try follow(&schedule, checkpoints) }
    }
    // Without what the end completes: a longer input can then be gone on with.
    try keep()
    if hasEnded {
      session.finish(into: &answers)
      try write(&answers)
    }
  }

  /// Writes answers, and empties their buffer.
  private func write(_ answers: inout [UInt8]) throws {
    if answers.isEmpty { return }
    try output.write(answers)
    answers.removeAll(keepingCapacity: true)
  }

  /// Takes up a state, and input and output where it left them; false when asked to stop before that was done.
  private mutating func goOn(from state: StreamState) throws -> Bool {
    try session.resume(state)
    let position = state.position
    switch resumption {
    case .continued:
      let later = try position.outputLength.map { try output.settle(after: $0) } ?? 0
      session.passOver(answers: later)
      if later > 0 { say("the features never saw the last \(later) lines answered before") }
    case .rewound:
      if let length = position.outputLength { try output.cut(to: length) }
    case .replayed:
      guard try passOver(position) else { return false }
      if let length = position.outputLength { try output.cut(to: length) }
    }
    say("goes on after line \(session.lineCount)")
    return true
  }

  /// Passes over the lines that were answered; false when asked to stop meanwhile.
  private mutating func passOver(_ position: StreamPosition) throws -> Bool {
    for number in 0..<position.lines {
      guard let line = try next() else {
        if StreamSignals.wantsStop { return false }
        throw Refusal.gate("standard input ended after line \(number), and the state has answered \(position.lines)")
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
      if StreamSignals.wait(for: STDIN_FILENO) == .request { continue }
      if try lines.receive() == .end {
        hasEnded = true
        return lines.last()
      }
    }
    return nil
  }

  private mutating func reload() {
    do {
      let (artefact, writer) = try load()
      try session.adopt(artefact, writer: writer)
      say("took up model \(artefact.name) and the policy after line \(session.lineCount)")
    } catch {
      say("keeps the old model and policy: \(error)")
    }
  }

  /// Puts the state into its file.
  private mutating func keep() throws {
    try checkpoints?.keep(session.takeState(outputLength: output.length))
  }

  /// Sends the state on its way to its file when that is due; one that is late delays the next, never an answer.
  private mutating func follow(_ schedule: inout CheckpointSchedule, _ checkpoints: Checkpoints) throws {
    if checkpoints.isBusy { return }
    if let failure = checkpoints.takeFailure() { say("the state was not kept, the old one stands: \(failure)") }
    guard schedule.isDue(lines: session.lineCount, time: session.time) else { return }
    checkpoints.send(try session.takeState(outputLength: output.length))
  }

  private func say(_ text: String) { StandardError.write("shortfall: \(text)\n") }
}
