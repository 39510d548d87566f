import Margining
import Markets
import Sampling
import Testing

@Suite("Margin settings")
struct MarginSettingsTests {
  /// The domain's worked value: (5 % / 1 %)^0.4 = 1.904.
  @Test(arguments: [(0.05, 1.903653938715879), (0.01, 1), (0.001, 1), (0, 1), (0.1, 2.5118864315095806), (1, 3)])
  func multipliersOfATargetOfOnePercent(probability: Double, multiplier: Double) throws {
    let policy = try PolicySettings().policy()
    #expect(abs(policy.multiplier(for: try chance(probability)) - multiplier) < 1e-12)
  }

  @Test func multiplierNeverFallsAsProbabilityRises() throws {
    let curve = try MultiplierCurve(target: chance(0.003), tailIndex: 0.37, maximum: 50)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<5_000 {
      let low = generator.uniform()
      let high = generator.happens(withProbability: 0.5) ? low.nextUp : low + (1 - low) * generator.uniform()
      #expect(try curve.multiplier(for: chance(low)) <= curve.multiplier(for: chance(min(1, high))))
    }
  }

  /// A change that makes exactly one setting wrong, and the path that the fault must name.
  struct WrongSetting: Sendable, CustomTestStringConvertible {
    let path: String
    let change: @Sendable (inout PolicySettings) -> Void
    var testDescription: String { path }
  }

  @Test(arguments: [
    WrongSetting(path: "multiplier.target") { $0.target = 0 },
    WrongSetting(path: "multiplier.maximum") { $0.maximum = 0.9 },
    WrongSetting(path: "multiplier.maximum") { $0.maximum = .nan },
    WrongSetting(path: "hysteresis.raiseAbove") { $0.target = 0.06 },
    WrongSetting(path: "hysteresis.releaseBelow") { $0.releaseBelow = 0.026 },
    WrongSetting(path: "hysteresis.releaseBelow") { $0.releaseBelow = 0 },
    WrongSetting(path: "hysteresis.confirmations") { $0.confirmations = 0 },
    WrongSetting(path: "hysteresis.coolDown") { $0.coolDown = .zero },
    WrongSetting(path: "rateLimits.up") { $0.up = 0 },
    WrongSetting(path: "rateLimits.down") { $0.down = 0 },
    WrongSetting(path: "rateLimits.down") { $0.down = 0.03 },
    WrongSetting(path: "deadBand") { $0.deadBand = -0.01 },
    WrongSetting(path: "deadBand") { $0.deadBand = .nan },
    WrongSetting(path: "bounds.floor") { $0.floor = 0 },
    WrongSetting(path: "bounds.cap") { $0.cap = 0.003 },
    WrongSetting(path: "noScore.staleAfter") { $0.staleAfter = .zero },
    WrongSetting(path: "noScore.fallbackMultiplier") { $0.fallbackMultiplier = 0.5 },
  ])
  func aWrongSettingIsNamed(wrong: WrongSetting) throws {
    var settings = PolicySettings()
    wrong.change(&settings)
    let fault = #expect(throws: MarginingFault.self) { try settings.policy() }
    #expect(fault?.parameter.path == wrong.path)
  }

  @Test(arguments: [0, 1.5, .nan]) func tailIndexIsAboveZeroAndAtMostOne(index: Double) throws {
    let fault = #expect(throws: MarginingFault.self) { try MultiplierCurve(target: chance(0.01), tailIndex: index) }
    #expect(fault?.parameter == .tailIndex)
  }

  @Test func anOverrideNeedsAReasonAndALaterExpiry() throws {
    let (start, end) = (instant(minutes: 0), instant(minutes: 60))
    let blank = #expect(throws: MarginingFault.self) { try EmergencyOverride(reason: " ", start: start, expiry: end) }
    #expect(blank?.parameter == .overrideReason)
    let late = #expect(throws: MarginingFault.self) { try EmergencyOverride(reason: "a", start: end, expiry: end) }
    #expect(late?.parameter == .overrideExpiry)
    let valid = try EmergencyOverride(reason: "venue outage", start: start, expiry: end)
    #expect(valid.isActive(at: start) && !valid.isActive(at: end))
  }

  @Test func aScheduleOutsideTheBoundsIsRefused() throws {
    let below = #expect(throws: MarginingFault.self) { try PolicySettings().marginPolicy(rates: [0.003, 0.01]) }
    #expect(below?.description == "default.tiers.1.maintenance: must not be below bounds.floor (0.004), is 0.003")
    let above = #expect(throws: MarginingFault.self) { try PolicySettings().marginPolicy(rates: [0.01, 0.6]) }
    #expect(above?.description == "default.tiers.2.maintenance: must not be above bounds.cap (0.5), is 0.6")
    let market = #expect(throws: MarginingFault.self) {
      try MarginPolicy(
        settings: PolicySettings().policy(),
        schedules: [name("XRPUSDT"): schedule([0.001]), name("LTCUSDT"): schedule([0.002])])
    }
    #expect(market?.path == "markets.LTCUSDT.tiers.1.maintenance")
  }

  /// Settings of one value each, refused outside their range by the path of the policy file.
  struct Refused: Sendable, CustomTestStringConvertible {
    let path: String
    let make: @Sendable () throws -> Void
    var testDescription: String { path }
  }

  @Test(arguments: [
    Refused(path: "conditional.historyShare") { _ = try ConditionalSettings(historyShare: 1.01) },
    Refused(path: "conditional.stressedShare") { _ = try ConditionalSettings(stressedShare: -0.01) },
    Refused(path: "conditional.spreadDeviations") { _ = try ConditionalSettings(spreadDeviations: .nan) },
    Refused(path: "conditional.noticeMultiple") { _ = try ConditionalSettings(noticeMultiple: .infinity) },
    Refused(path: "conditional.concentration.coefficient") { _ = try ConcentrationSettings(coefficient: -1) },
    Refused(path: "conditional.concentration.depthShare") { _ = try ConcentrationSettings(depthShare: 1.5) },
    Refused(path: "conditional.concentration.refill") { _ = try ConcentrationSettings(refill: -1) },
    Refused(path: "conditional.concentration.from") { _ = try ConcentrationSettings(from: .infinity) },
    Refused(path: "antiProcyclicality.buffer.share") { _ = try MarginBuffer(share: 0.24) },
    Refused(path: "antiProcyclicality.buffer.exhaustedAt") { _ = try MarginBuffer(exhaustedAt: 1.2) },
    Refused(path: "antiProcyclicality.stressedWeight") { _ = try AntiProcyclicalitySettings(stressedWeight: 0.2) },
    Refused(path: "openInterest.lower") { _ = try OpenInterestSettings(lower: -1, upper: 1, known: [:]) },
    Refused(path: "openInterest.upper") { _ = try OpenInterestSettings(lower: 1, upper: 1, known: [:]) },
    Refused(path: "openInterest.known.ETHUSDT") {
      _ = try OpenInterestSettings(lower: 0, upper: 1, known: [name("ETHUSDT"): -1])
    },
    Refused(path: "guard.share") { _ = try FeedbackGuardSettings(share: 0) },
    Refused(path: "guard.share") { _ = try FeedbackGuardSettings(share: 1.1) },
    Refused(path: "guard.glide") { _ = try FeedbackGuardSettings(glide: .zero) },
    Refused(path: "guard.steps") { _ = try FeedbackGuardSettings(steps: 0) },
    Refused(path: "injection.cover") {
      _ = try InjectionSettings(cover: 0, within: BasisPoints(1), costPerDay: 0, marginCostPerDay: 0)
    },
    Refused(path: "injection.within") {
      _ = try InjectionSettings(within: BasisPoints(0), costPerDay: 0, marginCostPerDay: 0)
    },
    Refused(path: "injection.costPerDay") {
      _ = try InjectionSettings(within: BasisPoints(1), costPerDay: -1, marginCostPerDay: 0)
    },
    Refused(path: "injection.marginCostPerDay") {
      _ = try InjectionSettings(within: BasisPoints(1), costPerDay: 0, marginCostPerDay: .nan)
    },
  ])
  func aSettingOutsideItsRangeIsNamed(refused: Refused) throws {
    let fault = #expect(throws: MarginingFault.self) { try refused.make() }
    #expect(fault?.path == refused.path)
  }
}
