/// JSON (RFC 8259).
extension ByteScanner {
  /// A fault of the record as a whole at this place.
  package func fault(_ reason: String) -> FieldFault {
    FieldFault(field: "record", reason: "\(reason), at byte \(position + 1)")
  }

  /// Moves past white space and then `byte`.
  @inline(__always)
  package mutating func expect(_ byte: UInt8, _ name: StaticString) throws(FieldFault) {
    skipWhitespace()
    if !take(byte) { throw fault("'\(name)' is missing") }
  }

  /// Moves past the comma that continues a list, giving true, or the byte that closes it, giving false.
  @inline(__always)
  mutating func continues(until close: UInt8, _ name: StaticString) throws(FieldFault) -> Bool {
    skipWhitespace()
    if take(Ascii.comma) { return true }
    if take(close) { return false }
    throw fault("',' or '\(name)' is missing")
  }

  /// Reads a string and returns where its content stands, escapes unresolved.
  package mutating func string(of field: String) throws(FieldFault) -> Range<Int> {
    guard take(Ascii.quote) else {
      throw FieldFault(field: field, reason: "a string is missing, at byte \(position + 1)")
    }
    guard let range = stringContent() else {
      throw FieldFault(field: field, reason: "the string is not well-formed, at byte \(position + 1)")
    }
    return range
  }

  /// Reads the rest of a string whose quote was taken; nil when it does not end or holds a control character.
  private mutating func stringContent() -> Range<Int>? {
    let start = position
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Ascii.quote {
        position = index + 1
        return start..<index
      }
      if byte < 0x20 { break }
      index += byte == Ascii.backslash ? 2 : 1
    }
    position = index
    return nil
  }

  /// The text of a string's content, escapes resolved; nil for a bad escape and for bytes that are not UTF-8.
  package func text(in range: Range<Int>) -> String? {
    let content = UnsafeRawBufferPointer(rebasing: bytes[range])
    // Names are ASCII, which needs no validation.
    if content.allSatisfy({ $0 < 0x80 && $0 != Ascii.backslash }) {
      return content.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
    }
    if !content.contains(Ascii.backslash) { return String(validating: content, as: UTF8.self) }
    var units: [UInt8] = []
    var scanner = ByteScanner(content)
    while let byte = scanner.current {
      scanner.position += 1
      if byte != Ascii.backslash {
        units.append(byte)
      } else {
        guard let scalar = scanner.escapedScalar() else { return nil }
        units.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return String(validating: units, as: UTF8.self)
  }

  private mutating func escapedScalar() -> UnicodeScalar? {
    guard let code = current else { return nil }
    position += 1
    switch code {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case Ascii.quote, Ascii.backslash, UInt8(ascii: "/"): return UnicodeScalar(code)
    case Ascii.lowerU:
      guard let high = hexadecimalUnit() else { return nil }
      if !(0xD800..<0xDC00).contains(high) { return UnicodeScalar(high) }
      guard take(Ascii.backslash), take(Ascii.lowerU), let low = hexadecimalUnit(), (0xDC00..<0xE000).contains(low)
      else { return nil }
      return UnicodeScalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private mutating func hexadecimalUnit() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Moves past one JSON value; false when it is not well-formed or deeper than 64 levels.
  mutating func skipValue() -> Bool { skipValue(depth: 64) }

  private mutating func skipValue(depth: Int) -> Bool {
    skipWhitespace()
    guard depth > 0, let byte = current else { return false }
    switch byte {
    case Ascii.quote:
      position += 1
      guard let range = stringContent() else { return false }
      return text(in: range) != nil
    case Ascii.openBracket:
      return skipList(until: Ascii.closeBracket) { scanner in scanner.skipValue(depth: depth - 1) }
    case Ascii.openBrace:
      return skipList(until: Ascii.closeBrace) { scanner in
        scanner.skipWhitespace()
        guard scanner.take(Ascii.quote), scanner.stringContent() != nil else { return false }
        scanner.skipWhitespace()
        return scanner.take(Ascii.colon) && scanner.skipValue(depth: depth - 1)
      }
    case UInt8(ascii: "t"): return skipWord("true")
    case UInt8(ascii: "f"): return skipWord("false")
    case UInt8(ascii: "n"): return skipWord("null")
    default: return !isAtIdleZero && decimal() != nil
    }
  }

  /// Whether a numeral comes next that begins with a zero before another digit, which JSON forbids and `decimal` reads.
  @inline(__always)
  var isAtIdleZero: Bool {
    var index = position
    if index < bytes.count, bytes[index] == Ascii.minus { index &+= 1 }
    return index &+ 1 < bytes.count && bytes[index] == Ascii.zero && bytes[index &+ 1] &- Ascii.zero <= 9
  }

  /// The fault of such a numeral, which comes next.
  func idleZero(_ field: String) -> FieldFault {
    FieldFault(field: field, reason: "'\(valueExcerpt(from: position))' begins with a zero that JSON forbids")
  }

  /// The JSON value that begins at `start` for messages, and what stands directly behind it up to the next delimiter.
  package func valueExcerpt(from start: Int) -> String {
    var rest = self
    rest.position = start
    if !rest.skipValue() { rest.position = start }
    while let byte = rest.current, byte > 0x20, byte != Ascii.comma, byte != Ascii.closeBrace,
      byte != Ascii.closeBracket
    {
      rest.position += 1
    }
    return excerpt(from: start, to: rest.position)
  }

  private mutating func skipList(until close: UInt8, element: (inout ByteScanner) -> Bool) -> Bool {
    position += 1
    skipWhitespace()
    if take(close) { return true }
    while element(&self) {
      skipWhitespace()
      if take(close) { return true }
      if !take(Ascii.comma) { return false }
    }
    return false
  }

  private mutating func skipWord(_ word: StaticString) -> Bool {
    for offset in 0..<word.utf8CodeUnitCount where !take(word.utf8Start[offset]) { return false }
    return true
  }
}
