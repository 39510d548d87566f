/// RFC 3339 text.
extension Timestamp: CustomStringConvertible {
  /// Creates an instant from RFC 3339 text such as `2025-10-10T21:15:00Z` or `2025-10-10T23:15:00.25+02:00`.
  ///
  /// A bare date, `2025-10-10`, means its first instant in UTC. Digits past the ninth decimal are refused, as are
  /// dates that do not exist and instants outside the representable range: each gives nil.
  public init?(_ text: some StringProtocol) {
    var scanner = DateScanner(bytes: Array(text.utf8))
    guard let instant = scanner.scan() else { return nil }
    self = instant
  }

  /// RFC 3339 text in UTC, with as many decimals as are needed to keep the instant exact.
  public var description: String {
    let (year, month, dayOfMonth) = CivilDate.date(ofDay: Int64(day))
    let second = wholeSeconds.flooredRemainder(by: Self.secondsPerDay)
    let clock = [second / 3_600, second / 60 % 60, second % 60].map { pad($0, to: 2) }.joined(separator: ":")
    return "\(pad(year, to: 4))-\(pad(month, to: 2))-\(pad(dayOfMonth, to: 2))T\(clock)\(decimals)Z"
  }

  private var decimals: String {
    let fraction = nanoseconds.flooredRemainder(by: TimeSpan.nanosecondsPerSecond)
    if fraction == 0 { return "" }
    var digits = pad(fraction, to: 9)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }

  private func pad(_ value: Int64, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
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

  mutating func scan() -> Timestamp? {
    guard let year = digits(4), take("-"), let month = digits(2), take("-"), let dayOfMonth = digits(2) else {
      return nil
    }
    let day = CivilDate.day(year: year, month: month, dayOfMonth: dayOfMonth)
    guard (1...12).contains(month), CivilDate.date(ofDay: day) == (year, month, dayOfMonth) else { return nil }
    if position == bytes.count { return Timestamp(seconds: day * Timestamp.secondsPerDay) }
    guard take("T") || take("t") || take(" "), let second = clock(), let fraction = fraction(), let offset = offset(),
      position == bytes.count, let whole = Timestamp(seconds: day * Timestamp.secondsPerDay + second - offset)
    else { return nil }
    return whole + TimeSpan(nanoseconds: fraction)
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
