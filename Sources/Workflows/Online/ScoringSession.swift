internal import Checkpoints
public import MarketData
public import Markets
public import ModelStore

/// A stream of lines being scored: a line in, its answer out, and a state from which another process can go on.
public struct ScoringSession: Sendable {
  /// The number of lines that were answered.
  public private(set) var lineCount = 0
  /// The time of the newest book; nil before the first that this process read.
  public private(set) var time: Timestamp?

  private enum LastLine {
    case unknown
    case answered(InputLine)
    case restored(digest: String?)
  }

  private var scorer: OnlineScorer
  private var writer: ScoreLine
  private var identity: StreamIdentity
  private var parser = CanonicalLineParser()
  private var lastLine = LastLine.unknown
  /// The size of the state that was taken last.
  private var lastSize = 0

  /// Creates a session that remembers nothing.
  ///
  /// - Throws: `EncodingError` when the model's settings have no JSON form, which no stored model lacks.
  public init(_ artefact: ModelArtefact, reasonCount: Int, writer: ScoreLine) throws {
    scorer = OnlineScorer(artefact, reasonCount: reasonCount)
    identity = try StreamIdentity(artefact)
    self.writer = writer
  }

  /// The answer to the next line, with its line end.
  public mutating func answer(_ line: InputLine) -> [UInt8] {
    lineCount += 1
    lastLine = .answered(line)
    guard case .bytes(let bytes) = line else {
      return writer.bytes(lineNumber: lineCount, field: "line", reason: "the line is longer than 16 MiB")
    }
    do throws(FieldFault) {
      let result = scorer.score(try parser.parse(bytes))
      if result.row != nil { time = result.time }
      return writer.bytes(result)
    } catch {
      return writer.bytes(lineNumber: lineCount, field: error.field, reason: error.reason)
    }
  }

  /// Takes the state after the last answer.
  ///
  /// It mutates the session only so that no copy of the memory is made.
  ///
  /// - Parameter outputLength: The length of the file that holds the answers; nil without one.
  public mutating func takeState(outputLength: Int?) throws -> TakenState {
    let digest: String? =
      switch lastLine {
      case .unknown: nil
      case .answered(let line): StreamPosition.digest(line)
      case .restored(let digest): digest
      }
    let state = try TakenState(
      identity, StreamPosition(lines: lineCount, outputLength: outputLength, lastLine: digest), of: &scorer,
      expecting: lastSize + lastSize / 8)
    lastSize = state.size
    return state
  }

  /// Counts lines as answered that were answered after the state was kept and do not come again.
  public mutating func passOver(lines: Int) {
    lineCount += lines
    if lines > 0 { lastLine = .unknown }
  }

  /// Goes on from a state.
  ///
  /// - Throws: `SessionRefusal`; the session is then as it was.
  public mutating func resume(_ state: StreamState) throws(SessionRefusal) {
    if let obstacle = state.identity.obstacle(to: identity) {
      throw SessionRefusal("the model does not fit: \(obstacle)")
    }
    var restored = scorer
    var archive = state.memory
    do {
      try archive.exchange(&restored)
      try archive.finish()
    } catch {
      throw SessionRefusal(error.description)
    }
    scorer = restored
    lineCount = state.position.lines
    lastLine = .restored(digest: state.position.lastLine)
  }

  /// Goes on with another model and another writer, all memory kept.
  ///
  /// - Throws: `SessionRefusal` when the model does not fit the stream, which then goes on as before.
  public mutating func adopt(_ artefact: ModelArtefact, writer: ScoreLine) throws {
    let model = try StreamIdentity(artefact)
    if let obstacle = identity.obstacle(to: model) { throw SessionRefusal("the model does not fit: \(obstacle)") }
    identity = model
    self.writer = writer
    scorer.adopt(artefact)
  }
}

/// Why a session cannot take up a state or a model.
public struct SessionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason in words.
  public let description: String

  init(_ description: String) { self.description = description }
}
