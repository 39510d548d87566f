/// RFC 3339 text.
extension Timestamp: CustomStringConvertible {
  /// Creates an instant from RFC 3339 text such as `2025-10-10T21:15:00Z` or `2025-10-10T23:15:00.25+02:00`.
  ///
  /// A bare date, `2025-10-10`, means its first instant in UTC. Digits past the ninth decimal are refused, as are
  /// dates that do not exist and instants outside the representable range: each gives nil.
  public init?(_ text: some StringProtocol) {
    do throws(TextFault) {
      try self.init(rfc3339: text)
    } catch {
      return nil
    }
  }

  /// Why text is no instant.
  public enum TextFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no RFC 3339 text, or names a date that does not exist.
    case malformed
    /// It names an instant that is not representable.
    case outOfRange

    /// What the text is not, as the rest of a sentence about it.
    public var description: String {
      switch self {
      case .malformed: "is not RFC 3339 text with at most nine decimals and no leap second"
      case .outOfRange: "is outside the range of times, \(Timestamp.distantPast) to \(Timestamp.distantFuture)"
      }
    }
  }

  /// Creates an instant from the same text.
  ///
  /// - Throws: `TextFault`
  public init(rfc3339 text: some StringProtocol) throws(TextFault) {
    var scanner = DateScanner(bytes: Array(text.utf8))
    guard let (seconds, nanoseconds) = scanner.scan() else { throw .malformed }
    // Seconds before the epoch are counted down, so that the earliest instant can be read.
    let isCountedDown = seconds < 0 && nanoseconds > 0
    guard let whole = Timestamp(seconds: isCountedDown ? seconds + 1 : seconds) else { throw .outOfRange }
    let rest = isCountedDown ? nanoseconds - TimeSpan.nanosecondsPerSecond : nanoseconds
    let (value, overflow) = whole.nanoseconds.addingReportingOverflow(rest)
    if overflow { throw .outOfRange }
    self.init(nanoseconds: value)
  }

  /// RFC 3339 text in UTC, with as many decimals as are needed to keep the instant exact.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(30)
    appendText(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the description as UTF-8.
  public func appendText(to text: inout [UInt8]) {
    let (year, month, dayOfMonth) = CivilDate.date(ofDay: Int64(day))
    let second = wholeSeconds.flooredRemainder(by: Self.secondsPerDay)
    Self.append(year, digits: 4, to: &text)
    Self.append("-", month, to: &text)
    Self.append("-", dayOfMonth, to: &text)
    Self.append("T", second / 3_600, to: &text)
    Self.append(":", second / 60 % 60, to: &text)
    Self.append(":", second % 60, to: &text)
    let fraction = nanoseconds.flooredRemainder(by: TimeSpan.nanosecondsPerSecond)
    if fraction > 0 {
      text.append(UInt8(ascii: "."))
      Self.append(fraction, digits: 9, to: &text)
      while text.last == UInt8(ascii: "0") { text.removeLast() }
    }
    text.append(UInt8(ascii: "Z"))
  }

  /// Appends a mark and two digits.
  private static func append(_ mark: Unicode.Scalar, _ value: Int64, to text: inout [UInt8]) {
    text.append(UInt8(ascii: mark))
    append(value, digits: 2, to: &text)
  }

  /// Appends the last digits of a number that is not negative, zeros before it.
  private static func append(_ value: Int64, digits: Int, to text: inout [UInt8]) {
    let end = text.count + digits
    for _ in 0..<digits { text.append(UInt8(ascii: "0")) }
    var rest = value
    for place in stride(from: end - 1, through: end - digits, by: -1) {
      text[place] &+= UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}

extension Timestamp: Codable {
  /// Reads an instant from RFC 3339 text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let instant = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not an RFC 3339 instant")
    }
    self = instant
  }

  /// Writes the instant as RFC 3339 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Conversion between days since the epoch and dates of the proleptic Gregorian calendar.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
enum CivilDate {
  static func day(year: Int64, month: Int64, dayOfMonth: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredQuotient(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func date(ofDay day: Int64) -> (year: Int64, month: Int64, dayOfMonth: Int64) {
    let shifted = day + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }
}

/// A scanner of one RFC 3339 date-time.
private struct DateScanner {
  let bytes: [UInt8]
  var position = 0

  /// The seconds since the epoch and the nanoseconds beyond them; nil for text of another form.
  mutating func scan() -> (seconds: Int64, nanoseconds: Int64)? {
    guard let year = digits(4), take("-"), let month = digits(2), take("-"), let dayOfMonth = digits(2) else {
      return nil
    }
    let day = CivilDate.day(year: year, month: month, dayOfMonth: dayOfMonth)
    guard (1...12).contains(month), CivilDate.date(ofDay: day) == (year, month, dayOfMonth) else { return nil }
    if position == bytes.count { return (day * Timestamp.secondsPerDay, 0) }
    guard take("T") || take("t") || take(" "), let second = clock(), let fraction = fraction(), let offset = offset(),
      position == bytes.count
    else { return nil }
    return (day * Timestamp.secondsPerDay + second - offset, fraction)
  }

  private mutating func clock() -> Int64? {
    guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60, take(":"),
      let second = digits(2), second < 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  private mutating func fraction() -> Int64? {
    guard take(".") else { return 0 }
    var value: Int64 = 0
    var count = 0
    while position < bytes.count, let digit = digit(bytes[position]) {
      value = value * 10 + digit
      count += 1
      position += 1
      if count > 9 { return nil }
    }
    if count == 0 { return nil }
    for _ in count..<9 { value *= 10 }
    return value
  }

  private mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64 = take("+") ? 1 : -1
    guard sign == 1 || take("-"), let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else {
      return nil
    }
    return sign * (hour * 3_600 + minute * 60)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func digits(_ count: Int) -> Int64? {
    guard position + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for index in position..<position + count {
      guard let digit = digit(bytes[index]) else { return nil }
      value = value * 10 + digit
    }
    position += count
    return value
  }

  private func digit(_ byte: UInt8) -> Int64? {
    (48...57).contains(byte) ? Int64(byte) - 48 : nil
  }
}
