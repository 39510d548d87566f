public import Markets

/// Writes books in the canonical format.
public struct CanonicalLineWriter: Sendable {
  /// Creates a writer.
  public init() {}

  /// Adds a book as one line with its line feed; `time` in nanoseconds, numbers as the shortest decimals that read
  /// back with the same bits.
  ///
  /// - Complexity: O(levels).
  public func append(_ snapshot: BookSnapshot, to output: inout [UInt8]) {
    appendBeginning(time: snapshot.time, market: snapshot.market, to: &output)
    output.append(contentsOf: #","bids":["#.utf8)
    appendLevels(snapshot.book.bids, to: &output)
    output.append(contentsOf: #"],"asks":["#.utf8)
    appendLevels(snapshot.book.asks, to: &output)
    output.append(contentsOf: "]}\n".utf8)
  }

  /// Adds the brace and the two fields that every line has.
  func appendBeginning(time: Timestamp, market: MarketName, to output: inout [UInt8]) {
    output.append(contentsOf: #"{"time":"#.utf8)
    output.append(contentsOf: String(time.nanoseconds).utf8)
    output.append(contentsOf: #","market":""#.utf8)
    appendEscaped(market.text, to: &output)
    output.append(Ascii.quote)
  }

  private func appendLevels(_ levels: [BookLevel], to output: inout [UInt8]) {
    for (index, level) in levels.enumerated() {
      if index > 0 { output.append(Ascii.comma) }
      output.append(Ascii.openBracket)
      appendNumber(level.price, to: &output)
      output.append(Ascii.comma)
      appendNumber(level.size, to: &output)
      output.append(Ascii.closeBracket)
    }
  }

  func appendNumber(_ value: Double, to output: inout [UInt8]) {
    output.append(contentsOf: value.description.utf8)
    if output.suffix(2).elementsEqual([Ascii.point, Ascii.zero]) { output.removeLast(2) }
  }

  private func appendEscaped(_ text: String, to output: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case Ascii.quote, Ascii.backslash: output.append(contentsOf: [Ascii.backslash, byte])
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        output.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
        output.append(contentsOf: digits.utf8)
      default: output.append(byte)
      }
    }
  }
}
