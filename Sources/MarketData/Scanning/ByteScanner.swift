/// A position in a run of bytes.
///
/// Every read compares the position with the end, so that no content can lead outside.
package struct ByteScanner {
  package let bytes: UnsafeRawBufferPointer
  package var position = 0

  @inline(__always)
  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The next byte, or nil at the end.
  @inline(__always)
  package var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  @inline(__always)
  package var isAtEnd: Bool { position >= bytes.count }

  /// Moves past `byte` if it comes next.
  @inline(__always)
  package mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Moves past the spaces, tabs and line ends that come next.
  @inline(__always)
  package mutating func skipWhitespace() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 || !(byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A) { return }
      position += 1
    }
  }

  /// Up to 40 bytes from `start` on as printable ASCII, for messages.
  package func excerpt(from start: Int, to end: Int? = nil) -> String {
    let limit = 40
    let stop = min(end ?? bytes.count, bytes.count)
    if start >= stop { return "" }
    let text = bytes[start..<min(stop, start + limit)].map { byte in
      (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "·"
    }
    return text.joined() + (stop - start > limit ? "…" : "")
  }
}

/// ASCII codes that the formats are made of.
package enum Ascii {
  package static let lineFeed: UInt8 = 0x0A
  package static let carriageReturn: UInt8 = 0x0D
  package static let quote: UInt8 = 0x22
  package static let plus: UInt8 = 0x2B
  package static let comma: UInt8 = 0x2C
  package static let minus: UInt8 = 0x2D
  package static let point: UInt8 = 0x2E
  package static let zero: UInt8 = 0x30
  package static let colon: UInt8 = 0x3A
  package static let openBracket: UInt8 = 0x5B
  package static let backslash: UInt8 = 0x5C
  package static let closeBracket: UInt8 = 0x5D
  package static let lowerE: UInt8 = 0x65
  package static let lowerU: UInt8 = 0x75
  package static let openBrace: UInt8 = 0x7B
  package static let closeBrace: UInt8 = 0x7D
}
