import Configuration
import Margining
import Markets
import Testing
import Workflows

@Suite("Recommended schedules as text")
struct ScheduleTextTests {
  private func entry(
    _ name: String, _ tiers: [(Double, Int)], share: Double = 0.5
  ) throws -> MarginRecommendation.MarketSchedule {
    MarginRecommendation.MarketSchedule(
      market: try #require(MarketName(name)),
      schedule: try TierSchedule(
        tiers: try tiers.map { bound, parts in
          Tier(lowerBound: bound, maintenance: try #require(MarginFraction(partsPerMillion: parts)))
        }, maintenanceShare: share))
  }

  private func read(_ markets: String) throws -> [MarketName: TierSchedule] {
    try MarginPolicy(
      yaml: """
        multiplier: {target: 0.01}
        hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02}
        rateLimits: {up: 0.05, down: 0.005}
        bounds: {floor: 0.000001, cap: 1}

        """ + markets, file: "policy.yaml"
    ).schedules
  }

  @Test("The golden text of two markets, in the policy file's own form")
  func golden() throws {
    let schedules = [
      try entry("ETHUSDT", [(0, 15_000), (50_000, 19_500), (600_000.5, 30_001)]),
      try entry("XRPUSDT", [(0, 1_000_000)], share: 0.65),
    ]
    #expect(
      ScheduleText.markets(schedules) == """
        markets:
          ETHUSDT:
            maintenanceShare: 0.5
            tiers:
              - {notional: 0, maintenance: 0.015}
              - {notional: 50000, maintenance: 0.0195}
              - {notional: 600000.5, maintenance: 0.030001}
          XRPUSDT:
            maintenanceShare: 0.65
            tiers:
              - {notional: 0, maintenance: 1}

        """)
  }

  @Test(
    "Schedules read back as they were, whatever the market is called",
    arguments: [
      "ETHUSDT", "ETH-USDT_PERP", "true", "~", "12", "a: b", "#x", "\"q\\", "BTC/USD", "ümlaut", "tab\tnew\nline",
      "- x",
    ])
  func readBack(name: String) throws {
    let written = try entry(name, [(0, 1), (1e15, 12_345), (3e18, 500_000)], share: 0.000_001)
    #expect(try read(ScheduleText.markets([written])) == [written.market: written.schedule])
  }
}
