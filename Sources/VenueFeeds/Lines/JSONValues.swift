internal import MarketData
internal import Markets

/// Values of the kinds that venues send.
extension ByteScanner {
  /// Reads a finite number that stands bare or in quotes.
  @inline(__always)
  mutating func number(_ field: @autoclosure () -> String) throws(FieldFault) -> Double {
    let start = position
    let isQuoted = take(Ascii.quote)
    guard let value = decimal(), value.isFinite, !isQuoted || take(Ascii.quote), isQuoted || isAfterScalar else {
      throw FieldFault(field: field(), reason: "'\(valueExcerpt(from: start))' is not a finite number")
    }
    return value
  }

  /// Reads a number, or nil for `null` and for an empty string.
  mutating func optionalNumber(_ field: String) throws(FieldFault) -> Double? {
    if takeNull() { return nil }
    if position + 1 < bytes.count, bytes[position] == Ascii.quote, bytes[position + 1] == Ascii.quote {
      position += 2
      return nil
    }
    return try number(field)
  }

  /// Reads a whole number that stands bare or in quotes.
  @inline(__always)
  mutating func whole(_ field: String) throws(FieldFault) -> Int64 {
    let start = position
    let isQuoted = take(Ascii.quote)
    guard let value = integer(), !isQuoted || take(Ascii.quote), isQuoted || isAfterScalar else {
      throw FieldFault(field: field, reason: "'\(valueExcerpt(from: start))' is not a whole number of 64 bits")
    }
    return value
  }

  /// Whether the position is where a bare number may end.
  private var isAfterScalar: Bool {
    guard let byte = current else { return true }
    return byte == Ascii.comma || byte == Ascii.closeBrace || byte == Ascii.closeBracket || byte <= 0x20
  }

  /// Reads a string as it is written, escapes unresolved.
  @inline(__always)
  mutating func word(_ field: String) throws(FieldFault) -> JSONWord {
    JSONWord(bytes: UnsafeRawBufferPointer(rebasing: bytes[try string(of: field)]))
  }

  /// Reads a string.
  mutating func text(_ field: String) throws(FieldFault) -> String {
    guard let text = text(in: try string(of: field)) else {
      throw FieldFault(field: field, reason: "is not well-formed text")
    }
    return text
  }

  /// Reads a market's name.
  mutating func market(_ field: String) throws(FieldFault) -> MarketName {
    try MarketName(text(field), field: field)
  }

  /// Reads RFC 3339 text as an instant.
  mutating func instant(_ field: String) throws(FieldFault) -> Timestamp {
    let text = try text(field)
    do throws(Timestamp.TextFault) {
      return try Timestamp(rfc3339: text)
    } catch {
      throw FieldFault(field: field, reason: "'\(text.prefix(40))' \(error)")
    }
  }

  /// Reads whole milliseconds since the epoch.
  mutating func milliseconds(_ field: String) throws(FieldFault) -> Timestamp {
    try instant(whole(field), nanoseconds: 1_000_000, field)
  }

  /// Reads whole microseconds since the epoch.
  mutating func microseconds(_ field: String) throws(FieldFault) -> Timestamp {
    try instant(whole(field), nanoseconds: 1_000, field)
  }

  private func instant(_ count: Int64, nanoseconds: Int64, _ field: String) throws(FieldFault) -> Timestamp {
    let (value, overflow) = count.multipliedReportingOverflow(by: nanoseconds)
    if overflow { throw FieldFault(field: field, reason: "'\(count)' is outside the range of times") }
    return Timestamp(nanoseconds: value)
  }

  /// Reads seconds since the epoch with up to nine decimals, without rounding; nil when none come next.
  mutating func epochSeconds() -> Timestamp? {
    guard let seconds = integer(), let whole = Timestamp(seconds: seconds) else { return nil }
    guard take(Ascii.point) else { return whole }
    var fraction: Int64 = 0
    var digits = 0
    while let byte = current, case let digit = byte &- Ascii.zero, digit <= 9 {
      if digits == 9 { return nil }
      fraction = fraction * 10 + Int64(digit)
      digits += 1
      position += 1
    }
    if digits == 0 { return nil }
    for _ in digits..<9 { fraction *= 10 }
    return whole + TimeSpan(nanoseconds: fraction)
  }
}
