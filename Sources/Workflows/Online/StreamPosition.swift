package import Checkpoints
internal import Digests
public import MarketData

/// How far a stream was answered.
public struct StreamPosition: Hashable, Sendable {
  /// The number of input lines that were answered, each with one line of output.
  public let lines: Int
  /// The length of the output file in bytes; nil when answers went to standard output.
  public let outputLength: Int?
  /// The length of the file of recommendations in bytes; nil without one.
  public let recommendationsLength: Int?
  /// The digest of the last line that was answered; nil when it is not known.
  let lastLine: String?

  init(lines: Int, outputLength: Int?, recommendationsLength: Int?, lastLine: String?) {
    self.lines = lines
    self.outputLength = outputLength
    self.recommendationsLength = recommendationsLength
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
    outputLength = try Int?(from: &archive)
    recommendationsLength = try Int?(from: &archive)
    lastLine = try String?(from: &archive)
    guard lines >= 0, outputLength ?? 0 >= 0, recommendationsLength ?? 0 >= 0 else {
      throw StateFault("the position is negative")
    }
  }

  package func write(to archive: inout StateArchive) {
    lines.write(to: &archive)
    outputLength.write(to: &archive)
    recommendationsLength.write(to: &archive)
    lastLine.write(to: &archive)
  }
}
