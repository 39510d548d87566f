import Configuration
import Margining
import Testing

@Suite("Faults of a policy's further settings")
struct PolicySettingFaultTests {
  /// Text in which every section has one line, so that a section's number is its line.
  private static let sound = """
    form: conditional
    multiplier: {target: 0.01}
    conditional: {historyShare: 1, concentration: {coefficient: 1, depthShare: 1, refill: 0, from: 0}}
    antiProcyclicality: {buffer: {share: 0.25, exhaustedAt: 2}, stressedWeight: 0.25, longestHistoryFloor: on}
    hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02}
    rateLimits: {up: 0.05, down: 0.005}
    bounds: {floor: 0.004, cap: 0.5}
    openInterest: {lower: 20, upper: 100, known: {A: 5000000}}
    guard: {share: 0.1, glide: 24h, steps: 4}
    injection: {cover: 1, within: 100bp, costPerDay: 0.0005, marginCostPerDay: 0.0003}
    expiry: 2h
    markets: {A: {tiers: [{notional: 0, maintenance: 0.005}]}}

    """

  @Test("The sound text loads")
  func sound() throws { _ = try MarginPolicy(yaml: Self.sound, file: "p.yaml") }

  @Test(
    "Each is refused at its own line, by its name and the reason",
    arguments: [
      WrongSetting("form: conditional", "form: both", "1: form: 'both' is not one of conditional, probability"),
      WrongSetting("historyShare: 1", "historyShare: 2", "3: conditional.historyShare: must be from 0.0 to 1.0"),
      WrongSetting("historyShare: 1", "stressedShare: -1", "3: conditional.stressedShare: must be from 0.0 to 1.0"),
      WrongSetting("historyShare: 1", "spread: 1", "3: conditional.spread: unknown setting in 'conditional'"),
      WrongSetting("historyShare: 1", "spreadDeviations: 1e9", "3: conditional.spreadDeviations: must be from"),
      WrongSetting("historyShare: 1", "noticeMultiple: -1", "3: conditional.noticeMultiple: must be from"),
      WrongSetting("coefficient: 1", "coefficient: -1", "3: conditional.concentration.coefficient: must be from"),
      WrongSetting("depthShare: 1", "depthShare: 1.5", "3: conditional.concentration.depthShare: must be from"),
      WrongSetting("refill: 0", "refill: -5", "3: conditional.concentration.refill: must be at least 0.0, is -5.0"),
      WrongSetting("from: 0", "from: .inf", "3: conditional.concentration.from: expected a number"),
      WrongSetting("from: 0", "upTo: 0", "3: conditional.concentration.upTo: unknown setting"),
      WrongSetting("share: 0.25", "share: 0.1", "4: antiProcyclicality.buffer.share: must be from 0.25 to"),
      WrongSetting("exhaustedAt: 2", "exhaustedAt: 1.1", "4: antiProcyclicality.buffer.exhaustedAt: must be from 1.25"),
      WrongSetting("exhaustedAt: 2", "usedUpAt: 2", "4: antiProcyclicality.buffer.usedUpAt: unknown setting"),
      WrongSetting("stressedWeight: 0.25", "stressedWeight: 0.2", "4: antiProcyclicality.stressedWeight: must be"),
      WrongSetting("Floor: on", "Floor: yes", "4: antiProcyclicality.longestHistoryFloor: 'yes' is not one of on, off"),
      WrongSetting("stressedWeight", "weight", "4: antiProcyclicality.weight: unknown setting"),
      WrongSetting("lower: 20", "lower: -1", "8: openInterest.lower: must be at least 0.0"),
      WrongSetting("upper: 100", "upper: 20", "8: openInterest.upper: must be above openInterest.lower (20.0)"),
      WrongSetting("lower: 20, ", "", "8: openInterest.lower: is missing"),
      WrongSetting("known: {A: 5000000}", "known: {}", "8: openInterest.known: must name at least one market"),
      WrongSetting("A: 5000000", "A: -1", "8: openInterest.known.A: must be at least 0.0, is -1.0"),
      WrongSetting("A: 5000000", "B: 1", "8: openInterest.known.B: the market has no schedule"),
      WrongSetting("share: 0.1", "share: 0", "9: guard.share: must be above 0.0"),
      WrongSetting("share: 0.1", "share: 1.1", "9: guard.share: must be from 0.0 to 1.0"),
      WrongSetting("glide: 24h", "glide: 0h", "9: guard.glide: must be above 0.0"),
      WrongSetting("glide: 24h", "glide: 1 day", "9: guard.glide: expected a length of time"),
      WrongSetting("steps: 4", "steps: 0", "9: guard.steps: 0 is outside 1 to 1000"),
      WrongSetting("steps: 4", "parts: 4", "9: guard.parts: unknown setting in 'guard'"),
      WrongSetting("cover: 1", "cover: 0", "10: injection.cover: must be above 0.0"),
      WrongSetting("within: 100bp", "within: 0bp", "10: injection.within: must be above 0.0"),
      WrongSetting("within: 100bp", "within: 1%", "10: injection.within: expected a rate in basis points"),
      WrongSetting("costPerDay: 0.0005", "costPerDay: -1", "10: injection.costPerDay: must be at least 0.0"),
      WrongSetting("marginCostPerDay: 0.0003", "price: 1", "10: injection.marginCostPerDay: is missing"),
      WrongSetting("expiry: 2h", "expiry: 119m", "11: expiry: must not be below 2.0 × noScore.staleAfter (7200.0), is"),
      WrongSetting("expiry: 2h", "expiry: soon", "11: expiry: expected a length of time"),
    ])
  func refused(_ change: WrongSetting) {
    let text = change.applied(to: Self.sound)
    #expect(text != Self.sound)
    let fault = #expect(throws: ConfigurationFault.self) { try MarginPolicy(yaml: text, file: "p.yaml") }
    let description = fault?.description ?? ""
    #expect(description.hasPrefix("p.yaml:" + change.fault), "\(description)")
  }

  @Test("A setting that stands twice is refused")
  func twice() {
    let fault = #expect(throws: ConfigurationFault.self) {
      try MarginPolicy(yaml: Self.sound + "guard: {}\n", file: "p.yaml")
    }
    #expect(fault?.description == "p.yaml:9: the setting 'guard' stands twice")
  }
}
