/// An instant, as nanoseconds since 1970-01-01T00:00:00 UTC.
///
/// The range is 1677-09-21 to 2262-04-11. Arithmetic saturates at its ends instead of trapping, so no input can
/// stop the process.
public struct Timestamp: Hashable, Sendable {
  /// Nanoseconds since the epoch.
  public let nanoseconds: Int64

  /// Creates an instant from nanoseconds since the epoch.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Creates an instant from whole seconds since the epoch, or nil outside the representable range.
  public init?(seconds: Int64) {
    let (value, overflow) = seconds.multipliedReportingOverflow(by: TimeSpan.nanosecondsPerSecond)
    if overflow { return nil }
    self.nanoseconds = value
  }

  /// The earliest representable instant.
  public static let distantPast = Timestamp(nanoseconds: .min)
  /// The latest representable instant.
  public static let distantFuture = Timestamp(nanoseconds: .max)

  /// The instant a span later.
  public static func + (instant: Timestamp, span: TimeSpan) -> Timestamp {
    let (value, overflow) = instant.nanoseconds.addingReportingOverflow(span.nanoseconds)
    if overflow { return span.nanoseconds > 0 ? .distantFuture : .distantPast }
    return Timestamp(nanoseconds: value)
  }

  /// The instant a span earlier.
  public static func - (instant: Timestamp, span: TimeSpan) -> Timestamp {
    let (value, overflow) = instant.nanoseconds.subtractingReportingOverflow(span.nanoseconds)
    if overflow { return span.nanoseconds > 0 ? .distantPast : .distantFuture }
    return Timestamp(nanoseconds: value)
  }

  /// The signed span from `earlier` to `later`.
  public static func - (later: Timestamp, earlier: Timestamp) -> TimeSpan {
    let (value, overflow) = later.nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    if overflow { return TimeSpan(nanoseconds: later.nanoseconds > earlier.nanoseconds ? .max : .min) }
    return TimeSpan(nanoseconds: value)
  }
}

extension Timestamp: Comparable {
  /// Whether the left instant is earlier.
  @inlinable
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

/// Calendar positions, all in UTC.
extension Timestamp {
  static let secondsPerDay: Int64 = 86_400

  /// Whole seconds since the epoch, rounded towards the past.
  public var wholeSeconds: Int64 {
    nanoseconds.flooredQuotient(by: TimeSpan.nanosecondsPerSecond)
  }

  /// Whole days since the epoch, rounded towards the past.
  public var day: Int {
    Int(wholeSeconds.flooredQuotient(by: Self.secondsPerDay))
  }

  /// Hour of the day, 0 to 23.
  public var hourOfDay: Int {
    Int(wholeSeconds.flooredRemainder(by: Self.secondsPerDay) / 3_600)
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity; `divisor` must be positive.
  func flooredQuotient(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// The remainder in `0 ..< divisor`; `divisor` must be positive.
  func flooredRemainder(by divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
