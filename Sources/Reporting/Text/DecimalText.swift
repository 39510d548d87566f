/// Numbers as text, byte for byte as `description` gives it, written in place.
package enum DecimalText {
  /// The most bytes that a number's text needs while it is written.
  static let room = 48

  /// Appends a finite number's description.
  package static func append(_ number: Double, to bytes: inout [UInt8]) {
    let count = bytes.count
    // Each byte of a text lies within the room that was made for it.
    bytes.append(addingCapacity: room) { text in
      text.withUnsafeMutableBufferPointer { buffer, count in
        guard let start = buffer.baseAddress else { return }
        count += write(number, to: UnsafeMutableRawPointer(start + count)) ?? 0
      }
    }
    if bytes.count == count { bytes.append(contentsOf: number.description.utf8) }
  }

  /// Writes a number and returns the length of its text, or nil for one that is left to the library.
  private static func write(_ number: Double, to start: UnsafeMutableRawPointer) -> Int? {
    let magnitude = abs(number)
    var text = start
    if number.sign == .minus { put("-", at: &text) }
    if magnitude < 0x1p53, magnitude == magnitude.rounded(.towardZero) {
      write(whole: UInt64(magnitude), to: &text)
    } else {
      guard let decimal = ShortestDecimal(magnitude: magnitude) else { return nil }
      write(decimal, to: &text)
    }
    return start.distance(to: text)
  }

  private static func write(whole: UInt64, to text: inout UnsafeMutableRawPointer) {
    let digits = SeventeenDigits(whole)
    // A number below 2^53 has at least one zero before it in 17 digits.
    let zeros = min(digits.leadingZeros, 16)
    digits.write(to: text + 17)
    move(text + 17 + zeros, by: -17 - zeros)
    text += 17 - zeros
    put(".", at: &text)
    put("0", at: &text)
  }

  private static func write(_ decimal: ShortestDecimal, to text: inout UnsafeMutableRawPointer) {
    let digits = SeventeenDigits(decimal.significand)
    let count = 17 - digits.trailingZeros
    let point = decimal.point
    if point > 0 {
      digits.write(to: text)
      move(text + point, by: 1)
      (text + point).storeBytes(of: UInt8(ascii: "."), as: UInt8.self)
      text += count + 1
    } else if point > -4 {
      put("0", at: &text)
      put(".", at: &text)
      for _ in point..<0 { put("0", at: &text) }
      digits.write(to: text)
      text += count
    } else {
      digits.write(to: text + 1)
      text.copyMemory(from: text + 1, byteCount: 1)
      (text + 1).storeBytes(of: UInt8(ascii: "."), as: UInt8.self)
      text += count == 1 ? 1 : count + 1
      put("e", at: &text)
      put("-", at: &text)
      let power = UInt8(truncatingIfNeeded: 1 - point)
      text.storeBytes(of: UInt8(ascii: "0") + power / 10, as: UInt8.self)
      (text + 1).storeBytes(of: UInt8(ascii: "0") + power % 10, as: UInt8.self)
      text += 2
    }
  }

  /// Copies 16 bytes to another place, which may overlap with the first.
  @inline(__always)
  private static func move(_ text: UnsafeMutableRawPointer, by distance: Int) {
    let bytes = text.loadUnaligned(as: SIMD2<UInt64>.self)
    (text + distance).storeBytes(of: bytes, as: SIMD2<UInt64>.self)
  }

  @inline(__always)
  private static func put(_ character: Unicode.Scalar, at text: inout UnsafeMutableRawPointer) {
    text.storeBytes(of: UInt8(ascii: character), as: UInt8.self)
    text += 1
  }
}
