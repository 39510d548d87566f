internal import Markets

/// The fields of a canonical line.
extension ByteScanner {
  /// The keys that a canonical line must have.
  enum KnownKey {
    case time, market, bids, asks
  }

  /// Which known key stands in `range`, or nil for another key.
  @inline(__always)
  func knownKey(_ range: Range<Int>) -> KnownKey? {
    switch range.count {
    case 4:
      if matches(range, "time") { return .time }
      if matches(range, "bids") { return .bids }
      return matches(range, "asks") ? .asks : nil
    case 6: return matches(range, "market") ? .market : nil
    default: return nil
    }
  }

  private func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    for offset in 0..<range.count where bytes[range.lowerBound + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Reads `time`: nanoseconds since the epoch, or RFC 3339 text.
  mutating func time() throws(FieldFault) -> Timestamp {
    let start = position
    if current == Ascii.quote {
      let range = try string(of: "time")
      do throws(Timestamp.TextFault) {
        return try Timestamp(rfc3339: String(decoding: bytes[range], as: UTF8.self))
      } catch {
        throw FieldFault(
          field: "time", reason: "'\(excerpt(from: range.lowerBound, to: range.upperBound))' \(error)")
      }
    }
    if isAtIdleZero { throw idleZero("time") }
    guard let nanoseconds = integer(), current.map(isDelimiter) ?? true else {
      throw FieldFault(field: "time", reason: "'\(valueExcerpt(from: start))' \(wordsOfNoTime(at: start))")
    }
    return Timestamp(nanoseconds: nanoseconds)
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == Ascii.comma || byte == Ascii.closeBrace
  }

  /// What is wrong with a value that is no count of nanoseconds, in words.
  private func wordsOfNoTime(at start: Int) -> String {
    var digits = self
    digits.position = start
    _ = digits.take(Ascii.minus)
    let first = digits.position
    while let byte = digits.current, byte &- Ascii.zero <= 9 { digits.position += 1 }
    let isWhole = digits.position > first && digits.current.map(isDelimiter) ?? true
    return isWhole
      ? Timestamp.TextFault.outOfRange.description : "is neither whole nanoseconds of 64 bits nor RFC 3339 text"
  }

  /// Reads `market`: a string that is a name.
  mutating func marketName() throws(FieldFault) -> MarketName {
    guard current == Ascii.quote else { throw FieldFault(field: "market", reason: "is not a string") }
    let range = try string(of: "market")
    guard let text = text(in: range) else {
      throw FieldFault(field: "market", reason: "is not well-formed text")
    }
    return try MarketName(text, field: "market")
  }

  /// Reads an array of `[price, size]` pairs.
  mutating func levels(of field: OrderBookFault.Field, expecting count: Int) throws(FieldFault) -> [BookLevel] {
    guard take(Ascii.openBracket) else { throw FieldFault(field: field.rawValue, reason: "is not an array") }
    skipWhitespace()
    if take(Ascii.closeBracket) { return [] }
    var levels: [BookLevel] = []
    var isDue = takeCompactLevels(atMost: count, into: &levels)
    while true {
      if isDue {
        let start = position
        guard let level = level() else { throw levelFault("\(field.rawValue)[\(levels.count)]", from: start) }
        levels.append(level)
      }
      skipWhitespace()
      isDue = take(Ascii.comma)
      if isDue { continue }
      if take(Ascii.closeBracket) { return levels }
      throw FieldFault(
        field: field.rawValue, reason: "',' or ']' is missing after level \(levels.count - 1), at byte \(position + 1)")
    }
  }

  /// Reads the first levels as long as they stand without white space and with short numerals, as nearly all do.
  ///
  /// - Returns: Whether another level is due, because a comma came last or nothing was read.
  private mutating func takeCompactLevels(atMost count: Int, into levels: inout [BookLevel]) -> Bool {
    var scanner = self
    var isDue = true
    levels.reserveCapacity(count)
    levels.append(addingCapacity: count) { room in
      while !room.isFull, isDue, let level = scanner.compactLevel() {
        room.append(level)
        isDue = scanner.take(Ascii.comma)
      }
    }
    self = scanner
    return isDue
  }

  /// Reads `[price,size]`; nil, having moved nowhere, for any other form.
  @inline(__always)
  private mutating func compactLevel() -> BookLevel? {
    let start = position
    guard take(Ascii.openBracket), !isAtIdleZero, let price = briefDecimal() ?? shortDecimal(), take(Ascii.comma),
      !isAtIdleZero, let size = briefDecimal() ?? shortDecimal(), take(Ascii.closeBracket)
    else {
      position = start
      return nil
    }
    return BookLevel(price: price, size: size)
  }

  @inline(__always)
  private mutating func level() -> BookLevel? {
    skipWhitespace()
    guard take(Ascii.openBracket), let price = quantity() else { return nil }
    skipWhitespace()
    guard take(Ascii.comma), let size = quantity() else { return nil }
    skipWhitespace()
    return take(Ascii.closeBracket) ? BookLevel(price: price, size: size) : nil
  }

  @inline(__always)
  private mutating func quantity() -> Double? {
    skipWhitespace()
    if take(Ascii.quote) {
      guard let value = decimal(), take(Ascii.quote) else { return nil }
      return value
    }
    return isAtIdleZero ? nil : decimal()
  }

  /// The fault of a level that begins at `start` and cannot be read beyond the position.
  private func levelFault(_ field: String, from start: Int) -> FieldFault {
    var level = self
    level.position = start
    level.skipWhitespace()
    if level.take(Ascii.openBracket) {
      level.skipWhitespace()
      if level.isAtIdleZero { return level.idleZero("\(field).price") }
      if level.quantity() != nil {
        level.skipWhitespace()
        if level.take(Ascii.comma) {
          level.skipWhitespace()
          if level.isAtIdleZero { return level.idleZero("\(field).size") }
        }
      }
    }
    return FieldFault(field: field, reason: "is not [price, size] with two numbers, at byte \(position + 1)")
  }
}
