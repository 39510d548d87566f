/// A position in a run of bytes.
///
/// Every read compares the position with the end, so that no content can lead outside.
@usableFromInline
package struct ByteScanner {
  @usableFromInline package let bytes: UnsafeRawBufferPointer
  @usableFromInline package var position = 0

  @inlinable @inline(__always)
  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The next byte, or nil at the end.
  @inlinable @inline(__always)
  package var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  @inlinable @inline(__always)
  package var isAtEnd: Bool { position >= bytes.count }

  /// Moves past `byte` if it comes next.
  @inlinable @inline(__always)
  package mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Moves past the spaces, tabs and line ends that come next.
  @inlinable @inline(__always)
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
@usableFromInline
package enum Ascii {
  @inlinable package static var lineFeed: UInt8 { 0x0A }
  @inlinable package static var carriageReturn: UInt8 { 0x0D }
  @inlinable package static var quote: UInt8 { 0x22 }
  @inlinable package static var plus: UInt8 { 0x2B }
  @inlinable package static var comma: UInt8 { 0x2C }
  @inlinable package static var minus: UInt8 { 0x2D }
  @inlinable package static var point: UInt8 { 0x2E }
  @inlinable package static var zero: UInt8 { 0x30 }
  @inlinable package static var colon: UInt8 { 0x3A }
  @inlinable package static var openBracket: UInt8 { 0x5B }
  @inlinable package static var backslash: UInt8 { 0x5C }
  @inlinable package static var closeBracket: UInt8 { 0x5D }
  @inlinable package static var lowerE: UInt8 { 0x65 }
  @inlinable package static var lowerU: UInt8 { 0x75 }
  @inlinable package static var openBrace: UInt8 { 0x7B }
  @inlinable package static var closeBrace: UInt8 { 0x7D }
}
