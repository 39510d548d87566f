internal import MarketData
internal import Markets

/// What a recorder writes around a venue's message.
///
/// - `{…}` or `[…]`: the bare message.
/// - `1723161254087891268 {…}`: the receive time in nanoseconds, then the message.
/// - `1633998512.0633569: {…}`: the receive time in seconds, then the message.
/// - `https://…?symbol=BTCUSDT -> 1633998512.320639: {…}`: the address that was asked, then time and answer.
/// - `wss://… <- 1633998511.159679: {…}`: what the recorder sent; not a message of the venue.
/// - `wss://… <-> 1633998511.159679`: the recorder opened a connection; not a message of the venue.
enum LineEnvelope {
  /// A message of the venue.
  case message(UnsafeRawBufferPointer, received: Timestamp?, addressedSymbol: String?)
  /// Something else that the recorder noted, with a name for it.
  case note(String)

  /// Takes the envelope off a line.
  static func open(_ line: UnsafeRawBufferPointer) throws(FieldFault) -> LineEnvelope {
    var scanner = ByteScanner(line)
    scanner.skipWhitespace()
    guard let first = scanner.current else { return .note("blank") }
    switch first {
    case Ascii.openBrace, Ascii.openBracket:
      return .message(line, received: nil, addressedSymbol: nil)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .message(try payload(after: &scanner), received: try receiveTime(of: line, scanner), addressedSymbol: nil)
    default:
      return try addressed(line)
    }
  }

  /// Moves past a receive time and gives the rest of the line.
  private static func payload(after scanner: inout ByteScanner) throws(FieldFault) -> UnsafeRawBufferPointer {
    while let byte = scanner.current, byte != 0x20 { scanner.position += 1 }
    return UnsafeRawBufferPointer(rebasing: scanner.bytes[min(scanner.position, scanner.bytes.count)...])
  }

  private static func receiveTime(of line: UnsafeRawBufferPointer, _ end: ByteScanner) throws(FieldFault) -> Timestamp {
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: line[..<end.position]))
    scanner.skipWhitespace()
    let start = scanner.position
    if line[end.position - 1] == Ascii.colon {
      if let time = scanner.epochSeconds(), scanner.take(Ascii.colon), scanner.isAtEnd { return time }
    } else if let nanoseconds = scanner.integer(), scanner.isAtEnd {
      return Timestamp(nanoseconds: nanoseconds)
    }
    throw FieldFault(
      field: "receive time",
      reason: "'\(scanner.excerpt(from: start))' is neither whole nanoseconds nor 'seconds:' with up to nine decimals")
  }

  private static func addressed(_ line: UnsafeRawBufferPointer) throws(FieldFault) -> LineEnvelope {
    guard let space = line.firstIndex(of: 0x20) else {
      throw ByteScanner(line).fault("neither a message nor a receive time nor an address comes first")
    }
    var scanner = ByteScanner(line)
    scanner.position = space + 1
    let arrow = space + 1
    while let byte = scanner.current, byte != 0x20 { scanner.position += 1 }
    let mark = line[arrow..<scanner.position]
    if mark.elementsEqual("<->".utf8) { return .note("connection") }
    if mark.elementsEqual("<-".utf8) { return .note("request") }
    guard mark.elementsEqual("->".utf8), scanner.take(0x20) else {
      throw ByteScanner(line).fault("neither a message nor a receive time nor an address comes first")
    }
    let rest = UnsafeRawBufferPointer(rebasing: line[scanner.position...])
    guard case .message(let payload, let received?, _) = try open(rest) else {
      throw scanner.fault("a receive time is missing")
    }
    let address = String(decoding: line[..<space], as: UTF8.self)
    return .message(payload, received: received, addressedSymbol: symbol(in: address))
  }

  /// The value of `symbol` in an address's query.
  private static func symbol(in address: String) -> String? {
    guard let query = address.firstIndex(of: "?") else { return nil }
    for item in address[address.index(after: query)...].split(separator: "&") where item.hasPrefix("symbol=") {
      return String(item.dropFirst("symbol=".count))
    }
    return nil
  }
}
