import Backtesting
import Markets
import Testing

@Suite("The response to a volatility step")
struct VolatilityStepTests {
  private static func step() throws -> VolatilityStep {
    try #require(VolatilityStep(like: try SyntheticReplay.make(), headlineNotional: 100_000, seed: 5))
  }

  private static func responses() throws -> [StepResponse] {
    let replay = try SyntheticReplay.make()
    return try step().responses(of: CompetingPolicies.all(tunedOn: replay, target: 0.95))
  }

  @Test func `constant margins do not answer, and margins of volatility nearly double`() throws {
    for response in try Self.responses() {
      #expect(response.before > 0)
      switch response.policy {
      case "ewma":
        // Part of the margin may be the cost of the sweep, which does not double.
        #expect(response.plateau > 1.5 && response.plateau < 2.2)
        #expect(try #require(response.halfLifeHours) > 0)
        #expect(response.overshoot != nil)
      case "static", "drift-sqrt-size":
        #expect(abs(response.plateau - 1) < 1e-9)
        #expect(response.overshoot == nil && response.halfLifeHours == nil)
      default: #expect(response.plateau > 0)
      }
    }
  }

  @Test func `the same seed gives the same bits`() throws {
    #expect(try Self.responses() == Self.responses())
  }

  @Test func `a curve's figures are worked out by hand`() throws {
    // Forty-eight steps a day: ten judged calm days at 1 %, then ten at 3 % from the sixth hour on, then ten at 2 %.
    let calm = [Double](repeating: 0.01, count: 480)
    let high = [Double](repeating: 0.01, count: 12) + [Double](repeating: 0.03, count: 468)
    let response = try #require(
      try Self.step().response(named: "made up", curve: calm + high + [Double](repeating: 0.02, count: 480)))
    #expect(abs(response.before - 0.01) < 1e-12)
    #expect(abs(response.plateau - 2) < 1e-12)
    #expect(abs(response.peak - 3) < 1e-12)
    #expect(abs((response.overshoot ?? 0) - 1) < 1e-12)
    #expect(response.halfLifeHours == 6)
    #expect(try Self.step().response(named: "nothing", curve: calm + calm.map { _ in 0 })?.overshoot == nil)
    #expect(try Self.step().response(named: "nothing", curve: calm.map { _ in 0 } + calm) == nil)
    #expect(try Self.step().response(named: "short", curve: calm) == nil)
  }

  @Test func `without markets there is no step`() {
    #expect(VolatilityStep(like: JudgedMarket(losses: []).replay(), headlineNotional: 1_000) == nil)
  }
}
