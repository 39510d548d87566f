internal import MarketData

/// A key or another string of a line as it is written, escapes unresolved.
struct JSONWord {
  let bytes: UnsafeRawBufferPointer

  @inline(__always)
  static func ~= (text: StaticString, key: JSONWord) -> Bool {
    let count = text.utf8CodeUnitCount
    if key.bytes.count != count { return false }
    for offset in 0..<count where key.bytes[offset] != text.utf8Start[offset] { return false }
    return true
  }
}

/// The members of an object that is being read; each value must be read or skipped before the next key.
struct JSONMembers {
  private var isFirst = true

  /// The next key, the scanner then standing at its value; nil past the closing brace.
  @inline(__always)
  mutating func next(in scanner: inout ByteScanner) throws(FieldFault) -> JSONWord? {
    scanner.skipWhitespace()
    if scanner.take(Ascii.closeBrace) { return nil }
    if !isFirst {
      guard scanner.take(Ascii.comma) else { throw scanner.fault("',' or '}' is missing") }
      scanner.skipWhitespace()
    }
    isFirst = false
    let key = try scanner.string(of: "record")
    try scanner.expect(Ascii.colon, ":")
    scanner.skipWhitespace()
    return JSONWord(bytes: UnsafeRawBufferPointer(rebasing: scanner.bytes[key]))
  }
}

/// The elements of an array that is being read; each must be read or skipped before the next.
struct JSONElements {
  private var isFirst = true

  /// Whether an element comes next, the scanner then standing at it; false past the closing bracket.
  @inline(__always)
  mutating func next(in scanner: inout ByteScanner) throws(FieldFault) -> Bool {
    scanner.skipWhitespace()
    if scanner.take(Ascii.closeBracket) { return false }
    if !isFirst {
      guard scanner.take(Ascii.comma) else { throw scanner.fault("',' or ']' is missing") }
      scanner.skipWhitespace()
    }
    isFirst = false
    return true
  }
}

extension ByteScanner {
  /// Moves into an object.
  @inline(__always)
  mutating func object() throws(FieldFault) -> JSONMembers {
    try expect(Ascii.openBrace, "{")
    return JSONMembers()
  }

  /// Moves into an array.
  @inline(__always)
  mutating func array() throws(FieldFault) -> JSONElements {
    try expect(Ascii.openBracket, "[")
    return JSONElements()
  }

  /// The same bytes from another position on.
  func moved(to position: Int) -> ByteScanner {
    var scanner = self
    scanner.position = position
    return scanner
  }

  /// Notes where a value stands and moves past it, to read it once its kind is known.
  mutating func deferred() throws(FieldFault) -> ByteScanner {
    let scanner = self
    try skip()
    return scanner
  }

  /// Moves past `null` if it comes next.
  mutating func takeNull() -> Bool {
    guard position + 4 <= bytes.count, bytes[position] == UInt8(ascii: "n") else { return false }
    for (offset, byte) in "null".utf8.enumerated() where bytes[position + offset] != byte { return false }
    position += 4
    return true
  }

  /// Moves past one value of a field that is not used, of which only strings and brackets are looked at.
  mutating func skip() throws(FieldFault) {
    var depth = 0
    while let byte = current {
      switch byte {
      case Ascii.quote:
        _ = try string(of: "record")
      case Ascii.openBrace, Ascii.openBracket:
        depth += 1
        position += 1
        continue
      case Ascii.closeBrace, Ascii.closeBracket:
        if depth == 0 { throw fault("a value is missing") }
        depth -= 1
        position += 1
      case Ascii.comma, Ascii.colon, 0x20, 0x09:
        if depth == 0 { throw fault("a value is missing") }
        position += 1
        continue
      default:
        skipScalar()
      }
      if depth == 0 { return }
    }
    throw fault("the line ends inside a value")
  }

  private mutating func skipScalar() {
    while let byte = current {
      switch byte {
      case Ascii.comma, Ascii.colon, Ascii.closeBrace, Ascii.closeBracket, Ascii.quote, Ascii.openBrace,
        Ascii.openBracket, 0x20, 0x09:
        return
      default: position += 1
      }
    }
  }

  /// Makes sure that nothing but white space follows.
  mutating func end() throws(FieldFault) {
    skipWhitespace()
    if !isAtEnd { throw fault("something follows the message") }
  }
}
