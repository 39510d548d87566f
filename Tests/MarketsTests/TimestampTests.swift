import Markets
import Sampling
import Testing

@Suite("Timestamps")
struct TimestampTests {
  /// Worked values, checked with GNU date.
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2025-10-10T21:15:00Z", 1_760_130_900), ("2024-02-29T23:59:59Z", 1_709_251_199),
    ("1969-12-31T23:59:59Z", -1), ("2000-03-01T00:00:00Z", 951_868_800), ("2025-10-10T23:15:00+02:00", 1_760_130_900),
  ])
  func wholeSecondsFromText(text: String, seconds: Int64) throws {
    let instant = try #require(Timestamp(text))
    #expect(instant.wholeSeconds == seconds)
    #expect(instant == Timestamp(seconds: seconds))
  }

  @Test func decimalsAreExactNanoseconds() throws {
    let instant = try #require(Timestamp("2025-10-10T21:15:00.123456789Z"))
    #expect(instant.nanoseconds == 1_760_130_900_123_456_789)
    #expect(instant.description == "2025-10-10T21:15:00.123456789Z")
    #expect(Timestamp(nanoseconds: 1_500_000_000).description == "1970-01-01T00:00:01.5Z")
  }

  @Test("text is appended behind what a buffer holds")
  func appendedText() {
    var text = Array("at ".utf8)
    Timestamp(nanoseconds: -1).appendText(to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "at 1969-12-31T23:59:59.999999999Z")
    #expect(Timestamp.distantPast.description == "1677-09-21T00:12:43.145224192Z")
    #expect(Timestamp.distantFuture.description == "2262-04-11T23:47:16.854775807Z")
  }

  @Test func aBareDateIsItsFirstInstant() {
    #expect(Timestamp("2025-10-01") == Timestamp("2025-10-01T00:00:00Z"))
  }

  @Test(arguments: [
    "", "2025", "2025-02-29", "2025-13-01", "2025-00-10", "2025-10-10T", "2025-10-10T24:00:00Z", "2025-10-10T21:15:00",
    "2025-10-10T21:15:00.Z", "2025-10-10T21:15:00.1234567890Z", "2025-10-10T21:15:00+2:00", "2025-10-10T21:15:00Z ",
    "9999-01-01T00:00:00Z", "1000-01-01", "٢٠٢٥-10-10",
  ])
  func textThatIsNoInstantIsRefused(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("the ends of time are read, and what lies beyond them is told from text that is none")
  func ends() {
    for end in [Timestamp.distantPast, .distantFuture] { #expect(Timestamp(end.description) == end) }
    let beyond = [
      "1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z", "2262-04-11T23:47:17Z", "9999-01-01",
      "0000-01-01T00:00:00.5Z",
    ]
    for text in beyond {
      #expect(throws: Timestamp.TextFault.outOfRange) { try Timestamp(rfc3339: text) }
    }
    #expect(throws: Timestamp.TextFault.malformed) { try Timestamp(rfc3339: "2262-02-30") }
  }

  @Test func textRoundTrips() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<10_000 {
      let instant = Timestamp(nanoseconds: Int64(bitPattern: generator.next()))
      #expect(Timestamp(instant.description) == instant)
    }
  }

  @Test func calendarPositions() throws {
    // 2025-10-10 was a Friday.
    let friday = try #require(Timestamp("2025-10-10T21:15:00Z"))
    #expect(friday.hourOfDay == 21)
    #expect(friday.day == 20_371)
    let beforeEpoch = Timestamp(nanoseconds: -1)
    #expect(beforeEpoch.day == -1)
    #expect(beforeEpoch.hourOfDay == 23)
  }

  @Test func arithmeticSaturates() {
    #expect(Timestamp.distantFuture + .seconds(1) == .distantFuture)
    #expect(Timestamp.distantPast - .seconds(1) == .distantPast)
    #expect(Timestamp.distantPast + .seconds(-1) == .distantPast)
    #expect((Timestamp.distantFuture - Timestamp.distantPast).nanoseconds == .max)
    #expect((Timestamp.distantPast - Timestamp.distantFuture).nanoseconds == .min)
    #expect(TimeSpan.days(.max).nanoseconds == .max)
    #expect(Timestamp(seconds: .max) == nil)
  }
}

@Suite("Time spans")
struct TimeSpanTests {
  @Test(arguments: [
    ("2h", 7_200_000_000_000), ("30s", 30_000_000_000), ("15m", 900_000_000_000), ("7d", 604_800_000_000_000),
    ("250ms", 250_000_000), ("3us", 3_000), ("9ns", 9), ("0s", 0),
  ])
  func textIsAWholeNumberAndAUnit(text: String, nanoseconds: Int64) {
    #expect(TimeSpan(text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: ["", "2", "h", "-2h", "2.5h", "2 h", "2hours", "99999999999d"])
  func otherTextIsRefused(text: String) {
    #expect(TimeSpan(text) == nil)
  }

  @Test func descriptionsReadBack() {
    for nanoseconds: Int64 in [1, 999, 1_000, 60_000_000_000, 7_200_000_000_000, 90_000_000_000, 86_400_000_000_000] {
      let span = TimeSpan(nanoseconds: nanoseconds)
      #expect(TimeSpan(span.description) == span)
    }
    #expect(TimeSpan.hours(2).description == "2h")
    #expect(TimeSpan.days(3).description == "72h")
    #expect(TimeSpan.seconds(90).description == "90s")
  }

  @Test(
    "a span is cut to a whole number of the largest unit of which it has ten",
    arguments: [
      ("13m", "13m"), ("86400019720us", "24h"), ("2592000060310us", "720h"), ("9999ms", "9999ms"), ("10999ms", "10s"),
      ("9us", "9us"), ("0s", "0s"),
    ])
  func cutSpans(text: String, expected: String) throws {
    #expect(try #require(TimeSpan(text)).cut.description == expected)
    #expect(TimeSpan(nanoseconds: .min).cut.description == "-2562024h" && TimeSpan(nanoseconds: .max).cut > .zero)
  }
}
