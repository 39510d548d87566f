import Checkpoints
import MarketData
import Markets
import Sampling
import Testing
import Workflows

@Suite("Leaps of time")
struct LeapGuardTests {
  private static func at(_ seconds: Double) -> Timestamp {
    Timestamp(nanoseconds: 1_736_121_600_000_000_000) + TimeSpan(nanoseconds: Int64(seconds * 1e9))
  }

  private static let markets = ["A", "B", "C"].compactMap(MarketName.init)

  /// Which books, given as their market's number and seconds, are admitted with a limit of a minute; all of one market
  /// unless it is said, and of one that the model does not know for −1.
  private func admitted(_ books: [(market: Int, second: Double)], limit: TimeSpan? = .minutes(1)) -> [Double] {
    var guarding = LeapGuard(limit: limit)
    return books.map(\.second).enumerated().filter { index, second in
      do throws(FieldFault) {
        try guarding.admit(Self.at(second), of: books[index].market < 0 ? nil : Self.markets[books[index].market])
        return true
      } catch {
        return false
      }
    }.map(\.element)
  }

  private func admitted(_ seconds: [Double], limit: TimeSpan? = .minutes(1)) -> [Double] {
    admitted(seconds.map { (0, $0) }, limit: limit)
  }

  @Test("one time far ahead is refused, and the stream goes on")
  func one() {
    #expect(admitted([0, 1, 1e8, 2, 3]) == [0, 1, 2, 3])
    #expect(admitted([0, 60, 61, 121.5, 62]) == [0, 60, 61, 62])
  }

  @Test("late times are none of its business, and do not bring the newest time back")
  func late() { #expect(admitted([100, 3, 170, 101]) == [100, 3, 101]) }

  @Test("times that go on after a pause are believed after a second")
  func pause() {
    #expect(admitted([0, 1_000, 1_000.4, 1_000.9, 1_001, 1_001.1, 1_060]) == [0, 1_001, 1_001.1, 1_060])
    #expect(admitted([0, 1_000, 1_030, 1_031]) == [0, 1_030, 1_031])
  }

  @Test("a source whose clock is ahead stays refused as long as others speak between")
  func wrongClock() {
    let others = (0..<200).map { Double($0) / 2 }
    let mixed = others.flatMap { [(0, $0), (1, 5_000 + $0), (1, 5_000.1 + $0)] }
    #expect(admitted(mixed) == others)
  }

  @Test("books of one market among several do not confirm one another, however few come between")
  func oneOfSeveral() {
    let wrong = [(0, 5_000.0), (0, 5_001), (0, 5_030)]
    #expect(admitted([(0, 0), (1, 1)] + wrong + [(1, 2), (1, 3), (0, 4)]) == [0, 1, 2, 3, 4])
    // Also when the wrong source is one that the stream had nothing of.
    #expect(admitted([(1, 0), (1, 1)] + wrong + [(1, 2)]) == [0, 1, 2])
  }

  @Test("books of several markets confirm one another after a second")
  func several() {
    let books = [(0, 0), (1, 1), (0, 1_000), (0, 1_002), (1, 1_002.5), (0, 1_002.6)]
    #expect(admitted(books) == [0, 1, 1_002.5, 1_002.6])
    #expect(admitted([(0, 0), (1, 1), (0, 1_000), (1, 1_000.5), (1, 1_001)]) == [0, 1, 1_001])
  }

  @Test("a market whose companions are gone is believed after as long as the limit")
  func left() {
    let rest = stride(from: 1_000.0, through: 1_070, by: 10).map { (0, $0) }
    #expect(admitted([(0, 0), (1, 1)] + rest) == [0, 1, 1_060, 1_070])
  }

  @Test("books of markets that the model does not know confirm nothing, and are no company")
  func unknown() {
    #expect(admitted([(0, 0), (1, 1), (0, 1_000), (-1, 1_000.5), (-1, 1_002), (0, 1_003)]) == [0, 1])
    #expect(admitted([(0, 0), (-1, 1_000), (-1, 1_001), (-1, 1_070), (0, 1)]) == [0, 1])
    #expect(admitted([(0, 0), (-1, 1), (0, 2), (0, 1_000), (0, 1_001)]) == [0, 1, 2, 1_001])
    #expect(admitted([(-1, 0), (0, 1), (0, 1_000), (-1, 1e6), (0, 1_001)]) == [0, 1, 1_001])
  }

  @Test("a market that was alone for a day is alone")
  func alone() {
    let day = stride(from: 2.0, through: 86_460, by: 59).map { (0, $0) }
    let pause = [(0, 100_000.0), (0, 100_001)]
    #expect(admitted([(0, 0), (1, 1)] + day + pause).last == 100_001)
    #expect(admitted([(0, 0), (1, 1)] + day.dropLast(2) + pause).last == day[day.count - 3].1)
  }

  @Test("a report that leaps is refused, and confirms and refutes nothing")
  func reports() throws {
    var guarding = LeapGuard(limit: .minutes(1))
    func report(_ second: Double) -> MarketReport {
      .figure(MarketFigure(time: Self.at(second), market: Self.markets[1], kind: .markPrice, value: 1))
    }
    try guarding.admit(report(1e9))
    try guarding.admit(Self.at(0), of: Self.markets[0])
    for second in [60, 59, -1e6] { try guarding.admit(report(second)) }
    for second in [61, 1e6, 1e6 + 2] {
      let fault = try #require(throws: FieldFault.self) { try guarding.admit(report(second)) }
      #expect(
        fault.field == "time"
          && fault.reason.hasSuffix("the newest book, and a report is not believed before books are"))
    }
    #expect(throws: FieldFault.self) { try guarding.admit(Self.at(1e6 + 3), of: Self.markets[0]) }
    try guarding.admit(report(1))
    #expect(throws: FieldFault.self) { try guarding.admit(report(1e6 + 3)) }
    try guarding.admit(Self.at(1e6 + 4), of: Self.markets[0])
    try guarding.admit(report(1e6 + 3))
  }

  @Test("leaps to different times do not confirm one another")
  func scattered() { #expect(admitted([0, 1e6, 2e6, 3e6, 1e6, 1]) == [0, 1]) }

  @Test("without a limit every time is admitted, and the ends of time do not trap")
  func unlimited() {
    #expect(admitted([0, 1e9, 2], limit: nil) == [0, 1e9, 2])
    var guarding = LeapGuard(limit: .minutes(1))
    for time in [Timestamp.distantPast, .distantFuture, .distantPast, .distantFuture, Self.at(0)] {
      try? guarding.admit(time, of: Self.markets[0])
    }
    #expect(guarding.bounded(.distantFuture) < .distantFuture)
  }

  @Test("the fault names the field, both times and the limit")
  func words() throws {
    var guarding = LeapGuard(limit: .hours(1))
    try guarding.admit(Self.at(0), of: Self.markets[0])
    let fault = try #require(throws: FieldFault.self) { try guarding.admit(Self.at(7_200), of: Self.markets[0]) }
    #expect(fault.field == "time")
    #expect(
      fault.reason == "2025-01-06T02:00:00Z is more than 1h after 2025-01-06T00:00:00Z, the newest book, "
        + "and not confirmed by those that follow")
  }

  @Test("resumed anywhere, it admits what it would have admitted")
  func resumes() throws {
    var generator = SeededGenerator(seed: 9)
    var whole = LeapGuard(limit: .minutes(1))
    var stopped = whole
    var second = 0.0
    for _ in 0..<2_000 {
      second += generator.happens(withProbability: 0.02) ? 90 : generator.uniform()
      let time = Self.at(generator.happens(withProbability: 0.1) ? second + 1e4 : second)
      let market = Self.markets[generator.happens(withProbability: 0.3) ? 1 : 0]
      let expected = Result { try whole.admit(time, of: market) }
      let found = Result { try stopped.admit(time, of: market) }
      #expect(("\(expected)") == ("\(found)"))
      var archive = StateArchive()
      try archive.exchange(&stopped)
      var reading = StateArchive(reading: archive.bytes)
      stopped = LeapGuard(limit: .minutes(1))
      try reading.exchange(&stopped)
      try reading.finish()
    }
  }
}
