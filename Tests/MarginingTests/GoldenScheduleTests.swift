import Margining
import Markets
import Testing

/// The schedule that the figures of the fixture make, with and without the tools against procyclicality.
@Suite("Golden schedules")
struct GoldenScheduleTests {
  private func schedule(_ tools: AntiProcyclicalitySettings) throws -> [String] {
    var settings = PolicySettings()
    settings.form = .conditional
    settings.confirmations = 1
    settings.up = 0.5
    settings.antiProcyclicality = tools
    var run = PolicyRun(try settings.marginPolicy(rates: [0.004, 0.005, 0.006, 0.01]))
    return try run.ask(minute: 0, 0.01, evidence: EvidenceFigures().evidence()).map { tier in
      "\(tier.lowerBound) \(tier.recommended.partsPerMillion) −\(tier.deduction) "
        + "initial \(tier.initialMargin.partsPerMillion) ≤ \(tier.maximumLeverage)× by \(tier.binding.rawValue)"
    }
  }

  @Test("the raw requirement")
  func plain() throws {
    #expect(
      try schedule(.off) == [
        "0.0 18118 −0.0 initial 36236 ≤ 27× by requirement",
        "50000.0 30420 −615.1 initial 60840 ≤ 16× by requirement",
        "250000.0 46136 −4544.1 initial 92272 ≤ 10× by requirement",
        "1250000.0 49747 −9057.85 initial 99494 ≤ 10× by requirement",
      ])
  }

  @Test("a buffer, a stressed weight and the floor of the longest history")
  func tools() throws {
    let all = try AntiProcyclicalitySettings(
      buffer: MarginBuffer(), stressedWeight: 0.25, longestHistoryFloor: .on)
    #expect(
      try schedule(all) == [
        "0.0 29433 −0.0 initial 58866 ≤ 16× by anti-procyclicality",
        "50000.0 43998 −728.25 initial 87996 ≤ 11× by anti-procyclicality",
        "250000.0 60043 −4739.5 initial 120086 ≤ 8× by anti-procyclicality",
        "1250000.0 65309 −11322.0 initial 130618 ≤ 7× by anti-procyclicality",
      ])
  }
}
