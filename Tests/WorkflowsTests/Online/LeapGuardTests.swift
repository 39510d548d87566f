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

  /// Which of the times, in seconds, are admitted with a limit of a minute.
  private func admitted(_ seconds: [Double], limit: TimeSpan? = .minutes(1)) -> [Double] {
    var guarding = LeapGuard(limit: limit)
    return seconds.filter { second in
      do throws(FieldFault) {
        try guarding.admit(Self.at(second))
        return true
      } catch {
        return false
      }
    }
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
    let mixed = others.flatMap { [$0, 5_000 + $0, 5_000.1 + $0] }
    #expect(admitted(mixed) == others)
  }

  @Test("leaps to different times do not confirm one another")
  func scattered() { #expect(admitted([0, 1e6, 2e6, 3e6, 1e6, 1]) == [0, 1]) }

  @Test("without a limit every time is admitted, and the ends of time do not trap")
  func unlimited() {
    #expect(admitted([0, 1e9, 2], limit: nil) == [0, 1e9, 2])
    var guarding = LeapGuard(limit: .minutes(1))
    for time in [Timestamp.distantPast, .distantFuture, .distantPast, .distantFuture, Self.at(0)] {
      try? guarding.admit(time)
    }
    #expect(guarding.bounded(.distantFuture) < .distantFuture)
  }

  @Test("the fault names the field, both times and the limit")
  func words() throws {
    var guarding = LeapGuard(limit: .hours(1))
    try guarding.admit(Self.at(0))
    let fault = try #require(throws: FieldFault.self) { try guarding.admit(Self.at(7_200)) }
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
      let expected = Result { try whole.admit(time) }
      let found = Result { try stopped.admit(time) }
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
