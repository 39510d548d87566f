public import Markets

/// Parses one line of the canonical format:
/// `{"time":…,"market":"…","bids":[[price,size],…],"asks":[[price,size],…]}`.
///
/// `time` is an integer of nanoseconds since the epoch or an RFC 3339 string. Prices and sizes are numbers or strings
/// that hold a number, levels stand best first. Keys come in any order and each of the four exactly once; white space
/// is free. A key of another name is passed over when its value is well-formed JSON no deeper than 64 levels, because
/// recorders add fields of their own, and is a fault otherwise. Keys are compared as they are written, without
/// resolving escapes.
public struct CanonicalLineParser: Sendable {
  private var bidCount = 0
  private var askCount = 0

  /// Creates a parser.
  ///
  /// One that is used again expects books of the size it saw last.
  public init() {}

  /// The book on a line, which is given without its line end.
  ///
  /// - Throws: `FieldFault` naming the first field that is wrong.
  /// - Complexity: O(bytes).
  public mutating func parse(_ line: UnsafeRawBufferPointer) throws(FieldFault) -> BookSnapshot {
    var scanner = ByteScanner(line)
    var fields = Fields()
    try scanner.expect(Ascii.openBrace, "{")
    scanner.skipWhitespace()
    if !scanner.take(Ascii.closeBrace) {
      repeat { try parseMember(&scanner, into: &fields) } while try scanner.continues(until: Ascii.closeBrace, "}")
    }
    scanner.skipWhitespace()
    if !scanner.isAtEnd { throw scanner.fault("something follows the closing brace") }
    return try snapshot(of: fields)
  }

  /// The book on a line, which is given without its line end.
  ///
  /// - Throws: `FieldFault` naming the first field that is wrong.
  /// - Complexity: O(bytes).
  public mutating func parse(_ line: [UInt8]) throws(FieldFault) -> BookSnapshot {
    let result = line.withUnsafeBytes { bytes in
      Result { () throws(FieldFault) in try parse(bytes) }
    }
    return try result.get()
  }

  private struct Fields {
    var time: Timestamp?
    var market: MarketName?
    var bids: [BookLevel]?
    var asks: [BookLevel]?
  }

  private mutating func parseMember(_ scanner: inout ByteScanner, into fields: inout Fields) throws(FieldFault) {
    scanner.skipWhitespace()
    let key = try scanner.string(of: "record")
    try scanner.expect(Ascii.colon, ":")
    scanner.skipWhitespace()
    switch scanner.knownKey(key) {
    case .time:
      if fields.time != nil { throw repeated("time") }
      fields.time = try scanner.time()
    case .market:
      if fields.market != nil { throw repeated("market") }
      fields.market = try scanner.marketName()
    case .bids:
      if fields.bids != nil { throw repeated("bids") }
      fields.bids = try scanner.levels(of: .bids, expecting: bidCount)
    case .asks:
      if fields.asks != nil { throw repeated("asks") }
      fields.asks = try scanner.levels(of: .asks, expecting: askCount)
    case nil:
      guard scanner.skipValue() else {
        throw FieldFault(
          field: scanner.excerpt(from: key.lowerBound, to: key.upperBound), reason: "is not a well-formed JSON value")
      }
    }
  }

  private mutating func snapshot(of fields: Fields) throws(FieldFault) -> BookSnapshot {
    guard let time = fields.time else { throw missing("time") }
    guard let market = fields.market else { throw missing("market") }
    guard let bids = fields.bids else { throw missing("bids") }
    guard let asks = fields.asks else { throw missing("asks") }
    (bidCount, askCount) = (bids.count, asks.count)
    do {
      return BookSnapshot(time: time, market: market, book: try OrderBook(bids: bids, asks: asks))
    } catch {
      throw FieldFault(error)
    }
  }

  private func repeated(_ field: String) -> FieldFault { FieldFault(field: field, reason: "appears twice") }
  private func missing(_ field: String) -> FieldFault { FieldFault(field: field, reason: "is missing") }
}
