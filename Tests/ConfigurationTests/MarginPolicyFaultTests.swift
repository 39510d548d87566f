import Configuration
import Margining
import Testing

@Suite("Faults of a margin policy")
struct MarginPolicyFaultTests {
  private static let sound = """
    multiplier:
      target: 0.01
    hysteresis:
      raiseAbove: 0.05
      releaseBelow: 0.02
    rateLimits:
      up: 0.05
      down: 0.005
    bounds:
      floor: 0.004
      cap: 0.5
    markets:
      A.B:
        tiers:
          - {notional: 0, maintenance: 0.005}
          - {notional: 50000, maintenance: 0.01}

    """

  private func expectFault(_ change: WrongSetting) {
    let text = change.applied(to: Self.sound)
    #expect(text != Self.sound)
    let fault = #expect(throws: ConfigurationFault.self) { try MarginPolicy(yaml: text, file: "p.yaml") }
    let description = fault?.description ?? ""
    #expect(description.hasPrefix("p.yaml:" + change.fault), "\(description)")
  }

  @Test("The sound text loads")
  func sound() throws { _ = try MarginPolicy(yaml: Self.sound, file: "p.yaml") }

  @Test(
    "Unknown, missing and mistyped settings",
    arguments: [
      WrongSetting("bounds:", "bound: 1\nbounds:", "9: bound: unknown setting; known ones are form, multiplier,"),
      WrongSetting("  target: 0.01", "  target: 0.01\n  k: 1", "3: multiplier.k: unknown setting in 'multiplier'"),
      WrongSetting("  up: 0.05", "  up: 0.05\n  side: 1", "8: rateLimits.side: unknown setting in 'rateLimits'"),
      WrongSetting("    tiers:", "    share: 1\n    tiers:", "14: markets.A.B.share: unknown setting"),
      WrongSetting("{notional: 0,", "{from: 1, notional: 0,", "15: markets.A.B.tiers.1.from: unknown setting"),
      WrongSetting("  target: 0.01", "  maximum: 2", "1: multiplier.target: is missing"),
      WrongSetting("  cap: 0.5\n", "", "9: bounds.cap: is missing"),
      WrongSetting("notional: 50000, ", "", "16: markets.A.B.tiers.2.notional: is missing"),
      WrongSetting("target: 0.01", "target: 1.5", "2: multiplier.target: expected a probability from 0 to 1"),
      WrongSetting("floor: 0.004", "floor: 2", "10: bounds.floor: expected a fraction of notional from 0 to 1"),
      WrongSetting("floor: 0.004", "floor: low", "10: bounds.floor: expected a number"),
      WrongSetting("floor: 0.004", "floor: {a: 1}", "10: bounds.floor: expected a number"),
    ])
  func shape(_ change: WrongSetting) { expectFault(change) }

  @Test(
    "Contradictions are named at the setting, on its own line",
    arguments: [
      WrongSetting("target: 0.01", "target: 0", "2: multiplier.target: must be above 0.0, is 0.0"),
      WrongSetting("target: 0.01", "target: 0.1", "4: hysteresis.raiseAbove: must not be below multiplier.target"),
      WrongSetting("target: 0.01", "target: 0.01\n  maximum: 0", "3: multiplier.maximum: must be from 1.0 to"),
      WrongSetting("releaseBelow: 0.02", "releaseBelow: 0.04", "5: hysteresis.releaseBelow: must not be above 0.5 ×"),
      WrongSetting("down: 0.005", "down: 0.06", "8: rateLimits.down: must not be above rateLimits.up"),
      WrongSetting("cap: 0.5", "cap: 0.001", "11: bounds.cap: must not be below bounds.floor"),
      WrongSetting("bounds:", "deadBand: 0.6\nbounds:", "9: deadBand: must be from 0.0 to 0.5"),
      WrongSetting(
        "bounds:", "noScore:\n  staleAfter: 0h\nbounds:", "10: noScore.staleAfter: must be above 0.0"),
      WrongSetting(
        "bounds:",
        "emergencyOverride:\n  reason: x\n  starts: 2025-10-10T21:00:00Z\n  expires: 2025-10-10T21:00:00Z\nbounds:",
        "12: emergencyOverride.expires: must be later than the start"),
      WrongSetting(
        "bounds:",
        "emergencyOverride:\n  reason: x\n  starts: yesterday\n  expires: 2025-10-10T21:00:00Z\nbounds:",
        "11: emergencyOverride.starts: expected an instant"),
      WrongSetting("notional: 0,", "notional: 5,", "15: markets.A.B.tiers.1.notional: the first tier must start"),
      WrongSetting(
        "notional: 50000", "notional: 0", "16: markets.A.B.tiers.2.notional: must be above tiers.1.notional"),
      WrongSetting("maintenance: 0.01}", "maintenance: 0.004}", "16: markets.A.B.tiers.2.maintenance: must not be"),
      WrongSetting("maintenance: 0.01}", "maintenance: 0.6}", "16: markets.A.B.tiers.2.maintenance: "),
      WrongSetting("maintenance: 0.005}", "maintenance: 0.001}", "15: markets.A.B.tiers.1.maintenance: "),
      WrongSetting("    tiers:", "    maintenanceShare: 0\n    tiers:", "14: markets.A.B.maintenanceShare: must be"),
      WrongSetting("bounds:", "default: {tiers: []}\nbounds:", "9: default.tiers: must not be empty"),
    ])
  func contradiction(_ change: WrongSetting) { expectFault(change) }
}
