/// A signed length of time, in nanoseconds.
public struct TimeSpan: Hashable, Sendable {
  /// The length in nanoseconds.
  public let nanoseconds: Int64

  static let nanosecondsPerSecond: Int64 = 1_000_000_000

  /// Creates a span from nanoseconds.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The empty span.
  public static let zero = TimeSpan(nanoseconds: 0)

  /// A span of whole seconds, saturating at ±292 years.
  public static func seconds(_ count: Int64) -> TimeSpan {
    let (value, overflow) = count.multipliedReportingOverflow(by: nanosecondsPerSecond)
    return TimeSpan(nanoseconds: overflow ? (count > 0 ? .max : .min) : value)
  }

  /// A span of whole minutes, saturating at ±292 years.
  public static func minutes(_ count: Int64) -> TimeSpan { multiple(of: .seconds(60), count) }

  /// A span of whole hours, saturating at ±292 years.
  public static func hours(_ count: Int64) -> TimeSpan { multiple(of: .seconds(3_600), count) }

  /// A span of whole days of 24 hours, saturating at ±292 years.
  public static func days(_ count: Int64) -> TimeSpan { multiple(of: .seconds(86_400), count) }

  private static func multiple(of unit: TimeSpan, _ count: Int64) -> TimeSpan {
    let (value, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
    return TimeSpan(nanoseconds: overflow ? (count > 0 ? .max : .min) : value)
  }

  /// The length in seconds.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The sum of two spans, saturating at ±292 years.
  public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    let (value, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return TimeSpan(nanoseconds: overflow ? (left.nanoseconds > 0 ? .max : .min) : value)
  }
}

extension TimeSpan: Comparable {
  /// Whether the left span is shorter.
  @inlinable
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// Text such as `250ms`, `30s`, `15m`, `2h`, `7d`.
extension TimeSpan: CustomStringConvertible {
  private static let units: [(suffix: String, nanoseconds: Int64)] = [
    ("d", 86_400 * nanosecondsPerSecond), ("h", 3_600 * nanosecondsPerSecond), ("m", 60 * nanosecondsPerSecond),
    ("s", nanosecondsPerSecond), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// Creates a span from a whole number and a unit (`ns`, `us`, `ms`, `s`, `m`, `h`, `d`), or nil for other text.
  public init?(_ text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let suffix = text.dropFirst(digits.count)
    guard let count = Int64(digits), let unit = Self.units.first(where: { $0.suffix == suffix }) else { return nil }
    let (value, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
    if overflow { return nil }
    self.nanoseconds = value
  }

  /// The span for a reader who asks for no more than two or three digits: cut to a whole number of the largest unit of which it
  /// has ten, or one of the smallest.
  public var cut: TimeSpan {
    let unit = Self.units.first { abs(nanoseconds / $0.nanoseconds) >= 10 }?.nanoseconds ?? 1
    return TimeSpan(nanoseconds: nanoseconds / unit * unit)
  }

  /// The span in the largest unit that keeps it a whole number, such as `2h`.
  public var description: String {
    if nanoseconds == 0 { return "0s" }
    for unit in Self.units where nanoseconds % unit.nanoseconds == 0 && unit.suffix != "d" {
      return "\(nanoseconds / unit.nanoseconds)\(unit.suffix)"
    }
    return "\(nanoseconds)ns"
  }
}

extension TimeSpan: Codable {
  /// Reads a span from its text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let span = TimeSpan(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a length of time")
    }
    self = span
  }

  /// Writes the span as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
