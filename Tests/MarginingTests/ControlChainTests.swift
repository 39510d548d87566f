import Margining
import Markets
import Testing

/// Worked numbers of each step and of their interaction; minutes and margins are worked by hand.
@Suite("Control chain")
struct ControlChainTests {
  @Test func aConfirmedRaiseIsTheScheduledMarginTimesTheMultiplierRoundedUp() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy(rates: [0.01, 0.02]))
    #expect(try run.ask(minute: 0, 0.06).allSatisfy { !$0.isChange && $0.binding == .hysteresis })
    let raised = try run.ask(minute: 13, 0.0501)
    // (0.0501 / 0.01)^0.4 = 1.905176…
    #expect(raised.map(\.recommended.partsPerMillion) == [19_052, 38_104])
    #expect(raised.map(\.binding) == [.requirement, .requirement])
    #expect(raised.map(\.maximumLeverage) == [26, 13])
    #expect(raised.map(\.current.partsPerMillion) == [10_000, 20_000])
    #expect(abs((raised.first?.multiplier ?? 0) - 1.905176) < 1e-6)
  }

  @Test func aScoreOnTheThresholdDoesNotConfirm() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    for minute in 0..<5 { #expect(try !run.ask(minute: minute, 0.05)[0].isChange) }
    try run.ask(minute: 5, 0.06)
    try run.ask(minute: 6, 0.04)
    #expect(try !run.ask(minute: 7, 0.06)[0].isChange, "confirmations must be in a row")
    #expect(try run.ask(minute: 8, 0.06)[0].isChange)
  }

  @Test func aRepeatedScoreConfirmsNothing() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    let score = Score(probability: try chance(0.3), time: instant(minutes: 0))
    for minute in 0..<10 {
      let request = MarginRequest(
        time: instant(minutes: minute), market: try name("ETHUSDT"), side: .sell, score: score)
      #expect(try !run.ask(request)[0].isChange)
    }
  }

  @Test func aMissingScoreKeepsConfirmationsAndASilenceLosesThem() throws {
    var missing = PolicyRun(try PolicySettings().marginPolicy())
    try missing.ask(minute: 0, 0.06)
    try missing.ask(minute: 10, nil)
    #expect(try missing.ask(minute: 20, 0.06)[0].isChange)
    var silent = PolicyRun(try PolicySettings().marginPolicy())
    try silent.ask(minute: 0, 0.06)
    #expect(try !silent.ask(minute: 60, 0.06)[0].isChange)
    #expect(try silent.ask(minute: 61, 0.06)[0].isChange)
  }

  @Test func marginFallsOnlyAfterAnUnbrokenCoolDown() throws {
    var settings = PolicySettings()
    settings.down = 0.02
    var run = PolicyRun(try settings.marginPolicy())
    try run.ask(minute: 0, 0.06)
    #expect(try run.ask(minute: 1, 0.06)[0].recommended.partsPerMillion > 20_000)
    for minute in stride(from: 30, to: 390, by: 30) {
      let held = try run.ask(minute: minute, 0.001)[0]
      #expect(!held.isChange && held.binding == .hysteresis)
    }
    // Calm since minute 30, released six hours later, except when a missing score breaks the calm.
    var broken = run
    try broken.ask(minute: 389, nil)
    #expect(try !broken.ask(minute: 390, 0.001)[0].isChange)
    #expect(try run.ask(minute: 390, 0.001)[0].recommended.partsPerMillion == 10_000)
  }

  @Test func betweenTheThresholdsNothingMoves() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    try run.ask(minute: 0, 0.06)
    let raised = try run.ask(minute: 1, 0.06)[0].recommended
    for hour in 1..<60 { #expect(try run.ask(minute: 60 * hour, 0.03)[0].recommended == raised) }
  }

  @Test func aRaiseSpendsAnHoursAllowanceAtOnceAndTheNextAnHourLater() throws {
    var settings = PolicySettings()
    settings.up = 0.005
    settings.confirmations = 1
    var run = PolicyRun(try settings.marginPolicy())
    let first = try run.ask(minute: 5, 0.2)[0]
    #expect(first.recommended.partsPerMillion == 15_000)
    #expect(first.binding == .rateLimit)
    #expect(try !run.ask(minute: 64, 0.2)[0].isChange)
    #expect(try run.ask(minute: 65, 0.2)[0].recommended.partsPerMillion == 20_000)
    // A silence of days earns no more than one hour's allowance.
    #expect(try run.ask(minute: 10_000, 0.2)[0].recommended.partsPerMillion == 25_000)
  }

  @Test func aSlowLimitAndTheDeadBandDoNotBlockEachOther() throws {
    var settings = PolicySettings()
    settings.confirmations = 1
    settings.up = 0.001
    settings.down = 0.001
    // The dead band of 10 % is 0.5 %: five hours of the limit.
    var run = PolicyRun(try settings.marginPolicy(rates: [0.1]))
    #expect(try run.ask(minute: 0, 0.2)[0].recommended.partsPerMillion == 105_000)
    #expect(try !run.ask(minute: 299, 0.2)[0].isChange)
    // The dead band of 10.5 % takes six hours.
    for minute in stride(from: 300, to: 360, by: 10) { #expect(try !run.ask(minute: minute, 0.2)[0].isChange) }
    #expect(try run.ask(minute: 360, 0.2)[0].recommended.partsPerMillion == 111_000)
  }

  @Test func anEmergencyOverrideLiftsTheUpwardLimitUntilItExpires() throws {
    var settings = PolicySettings()
    settings.up = 0.001
    settings.down = 0.001
    settings.confirmations = 1
    settings.emergencyOverride = try EmergencyOverride(
      reason: "venue outage", start: instant(minutes: 10), expiry: instant(minutes: 20))
    var run = PolicyRun(try settings.marginPolicy())
    #expect(try run.ask(minute: 9, 0.2)[0].recommended.partsPerMillion == 11_000)
    let lifted = try run.ask(minute: 10, 0.2)[0]
    #expect(lifted.recommended.partsPerMillion == 30_000)
    #expect(lifted.adjustments.contains { $0.reason.description.contains("venue outage") })
    var late = PolicyRun(run.policy)
    #expect(try late.ask(minute: 20, 0.2)[0].recommended.partsPerMillion == 11_000)
  }

  @Test func theDeadBandMeasuresWhatTheClampWillLeave() throws {
    var settings = PolicySettings()
    settings.confirmations = 1
    settings.up = 0.5
    settings.cap = 0.021
    var run = PolicyRun(try settings.marginPolicy())
    #expect(try run.ask(minute: 0, 0.06)[0].recommended.partsPerMillion == 20_477)
    // The requirement asks for 3 %, but the cap leaves a change of 2.6 %.
    let held = try run.ask(minute: 120, 0.5)[0]
    #expect(!held.isChange && held.binding == .deadBand)
    var jump = PolicyRun(run.policy)
    let cut = try jump.ask(minute: 0, 0.5)[0]
    #expect(cut.recommended.partsPerMillion == 21_000 && cut.binding == .clamp)
  }

  @Test func theWholeScheduleMovesWhenOneTierIsWorthANotice() throws {
    var settings = PolicySettings()
    settings.confirmations = 1
    settings.up = 0.001
    settings.down = 0.001
    settings.cap = 0.0205
    var run = PolicyRun(try settings.marginPolicy(rates: [0.01, 0.0199]))
    // The second tier changes by 3 %, which alone would not be worth a notice.
    let raised = try run.ask(minute: 0, 0.2)
    #expect(raised.map(\.recommended.partsPerMillion) == [11_000, 20_500])
    #expect(raised.map(\.binding) == [.rateLimit, .clamp])
  }

  @Test func aSlowTierHoldsBackTheSmallerOnesRatherThanBeOvertaken() throws {
    var settings = PolicySettings()
    settings.confirmations = 1
    settings.up = 0.001
    settings.down = 0.001
    // Two hours' window for 2.1 %, one hour's for 2 %: equal ceilings only after the larger tier's window has passed.
    var run = PolicyRun(try settings.marginPolicy(rates: [0.02, 0.021]))
    #expect(try run.ask(minute: 0, 0.2).map(\.recommended.partsPerMillion) == [21_000, 23_000])
    for minute in stride(from: 10, through: 600, by: 10) {
      let parts = try run.ask(minute: minute, 0.2).map(\.recommended.partsPerMillion)
      #expect(parts == parts.sorted())
    }
  }

  @Test func withoutAScoreTheLargestOfInForceFloorAndFallbackHolds() throws {
    var settings = PolicySettings()
    settings.fallbackMultiplier = 1.5
    settings.confirmations = 1
    var run = PolicyRun(try settings.marginPolicy())
    let fallback = try run.ask(minute: 0, nil)[0]
    #expect(fallback.recommended.partsPerMillion == 15_000)
    #expect(fallback.multiplier == nil)
    try run.ask(minute: 60, 0.2)
    let inForce = try run.ask(minute: 61, nil)[0]
    #expect(!inForce.isChange && inForce.recommended.partsPerMillion == 30_000)
    #expect(inForce.adjustments[0].reason.description == "no score: the margin in force holds")
  }

  @Test func aStaleScoreIsNoScore() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    let score = Score(probability: try chance(0.001), time: instant(minutes: 0))
    func request(_ minute: Int) throws -> MarginRequest {
      MarginRequest(time: instant(minutes: minute), market: try name("ETHUSDT"), side: .sell, score: score)
    }
    #expect(try run.ask(request(59))[0].multiplier == 1)
    let stale = try run.ask(request(60))[0]
    #expect(stale.multiplier == nil)
    #expect(stale.adjustments[0].reason.description == "the score is 1h old: the margin in force holds")
  }
}
