import Margining
import Markets
import Testing

@Suite("Reasons of adjustments in words")
struct ReasonTextTests {
  private func score(_ probability: Double, _ bound: Score.Bound) throws -> Score {
    Score(probability: try chance(probability), bound: bound, time: instant(minutes: 0))
  }

  @Test("Probabilities and margins read as percentages, multipliers as ×, each with two decimals")
  func requirement() throws {
    let scaled = AdjustmentReason.requirement(
      .scaled(
        scheduled: try margin(0.005), score: try score(0.821_838_998_446_348, .point), multiplier: 3))
    #expect(scaled.description == "probability 82.18 % asks for 3.00 × the scheduled 0.50 %")
    let close = AdjustmentReason.requirement(
      .scaled(
        scheduled: try margin(0.0065), score: try score(0.05, .conservative), multiplier: 1.903_653_938_715_878))
    #expect(close.description == "conservative probability 5.00 % asks for 1.90 × the scheduled 0.65 %")
    #expect(
      AdjustmentReason.requirement(.held(.stale(age: .minutes(90)), by: .floor)).description
        == "the score is 1h 30m old: the floor holds")
  }

  @Test("Hysteresis names its threshold and its counts")
  func hysteresis() throws {
    let (high, low) = (try chance(0.05), try chance(0.02))
    let reasons: [(HysteresisReason, String)] = [
      (.raiseConfirmed(above: high, scores: 2), "raise confirmed: 2 scores in a row above 5.00 %"),
      (
        .raiseUnconfirmed(above: high, scores: 1, needed: 2),
        "raise not confirmed: 1 of 2 scores in a row above 5.00 %"
      ),
      (.released(below: low, calm: .hours(7)), "released: scores below 2.00 % for 7h"),
      (
        .coolingDown(below: low, calm: TimeSpan(nanoseconds: 4_907_559_000_000), needed: .hours(6)),
        "cooling down: scores below 2.00 % for 1h 21m of 6h"
      ),
    ]
    for (reason, text) in reasons { #expect(AdjustmentReason.hysteresis(reason).description == text) }
  }

  @Test("Rate limits, dead band and clamp read as percentages, the override's end as RFC 3339")
  func limits() throws {
    let rate = try margin(0.005)
    #expect(RateLimitReason.riseCut(perHour: rate, hours: 2).description == "rise cut to 0.50 % per hour over 2 h")
    #expect(RateLimitReason.fallCut(perHour: rate, hours: 1).description == "fall cut to 0.50 % per hour over 1 h")
    let decision = try EmergencyOverride(
      reason: "index feed is down", start: try #require(Timestamp("2025-10-10T21:00:00Z")),
      expiry: try #require(Timestamp("2025-10-10T23:00:00Z")))
    #expect(
      RateLimitReason.overridden(decision).description
        == "rate limit lifted until 2025-10-10T23:00:00Z: index feed is down")
    #expect(
      DeadBandReason.worthNotice(change: 0.333_333, band: 0.05).description
        == "a change of 33.33 % is worth a notice (dead band 5.00 %)")
    #expect(
      DeadBandReason.tooSmall(change: 0.049_999, band: 0.05).description
        == "a change of 5.00 % is below the dead band of 5.00 %")
    #expect(ClampReason.raisedToFloor(try margin(0.004)).description == "raised to the floor of 0.40 %")
    #expect(ClampReason.cutToCap(.full).description == "cut to the cap of 100.00 %")
  }
}
