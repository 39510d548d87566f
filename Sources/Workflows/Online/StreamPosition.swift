package import Checkpoints
internal import Digests
public import MarketData

/// How far a stream was answered.
public struct StreamPosition: Hashable, Sendable {
  /// The number of input lines that were read and answered as far as they ask for an answer.
  public let lines: Int
  /// How long the files were that the stream had written.
  public let lengths: OutputLengths
  /// The digest of the last line that was answered; nil when it is not known.
  let lastLine: String?

  init(lines: Int, lengths: OutputLengths, lastLine: String?) {
    self.lines = lines
    self.lengths = lengths
    self.lastLine = lastLine
  }

  /// Whether a line can be the last one that was answered.
  public func canEnd(with line: InputLine) -> Bool { lastLine == nil || Self.digest(line) == lastLine }

  static func digest(_ line: InputLine) -> String {
    guard case .bytes(let bytes) = line else { return "a line that is too long" }
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.hexadecimal()
  }
}

extension StreamPosition: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    lines = try Int(from: &archive)
    lengths = try OutputLengths(from: &archive)
    lastLine = try String?(from: &archive)
    guard lines >= 0 else { throw StateFault("the position is negative") }
  }

  package func write(to archive: inout StateArchive) {
    lines.write(to: &archive)
    lengths.write(to: &archive)
    lastLine.write(to: &archive)
  }
}
