import Margining
import Markets
import Testing

@Suite("Liquidity in place of a raise")
struct LiquidityInjectionTests {
  private func injection(
    depth: Double = 200_000, liquidatable: Double = 500_000, equalRisk: Double? = 100_000, raise: Double = 0.01,
    open: Double? = 10_000_000, cover: Double = 1, cost: Double = 0.001, marginCost: Double = 0.0005
  ) throws -> LiquidityInjection? {
    LiquidityInjection(
      for: .init(
        persistentDepth: depth, liquidatableNotional: liquidatable, equalRiskUSD: equalRisk, raise: raise,
        openNotional: open),
      try InjectionSettings(cover: cover, within: BasisPoints(100), costPerDay: cost, marginCostPerDay: marginCost))
  }

  @Test("Cover is the liquidatable notional times c less what stays in the book, never below nothing")
  func cover() throws {
    #expect(try injection()?.coverUSD == 300_000)
    #expect(try injection(cover: 1.5)?.coverUSD == 550_000)
    #expect(try injection(liquidatable: 100_000)?.coverUSD == 0)
  }

  @Test("Both ways cost what they cost, and the cheaper is named")
  func costs() throws {
    let injection = try #require(try injection())
    #expect(try abs(#require(injection.injectionCostPerDay) - 100) < 1e-9)
    // 10,000,000 · 1 % · 0.05 %.
    #expect(injection.raiseCostPerDay == 50)
    #expect(injection.cheaper == .raise)
    #expect(try self.injection(open: 30_000_000)?.cheaper == .injection)
    let hopeless = try #require(try self.injection(equalRisk: nil))
    #expect(hopeless.equalRiskUSD == nil && hopeless.injectionCostPerDay == nil && hopeless.cheaper == nil)
  }

  /// By hand at 100,000: base 1 %, half the spread 0.03 %, a sweep of 0.2 % on a depth of 1,000,000, no concentration.
  private func requirement(_ figures: EvidenceFigures, coefficient: Double = 0) throws -> ConditionalRequirement {
    let settings = try ConditionalSettings(
      stressedShare: 0, concentration: ConcentrationSettings(coefficient: coefficient))
    return try ConditionalRequirement(
      figures.evidence(), settings: settings, bounds: MarginBounds(floor: margin(0.004), cap: margin(0.5)))
  }

  @Test("Equal risk: half a sweep's cost takes as much depth again")
  func equalRisk() throws {
    var figures = EvidenceFigures()
    figures.losses = [0, 0, 0]
    let plain = try requirement(figures)
    #expect(try abs(#require(plain.addedDepth(toNeed: 0.0113, at: 100_000)) - 1_000_000) < 1)
    // 1.23 % suffices already: a raise above 1.24 % is not about depth.
    #expect(plain.addedDepth(toNeed: 0.0124, at: 100_000) == nil)
    // Spread and base stay, whatever the depth.
    #expect(plain.addedDepth(toNeed: 0.0103, at: 100_000) == nil)
    // The concentration of 0.5 % · √(100,000 / 1,000,000) halves only when the depth is fourfold.
    figures.sweepCosts = [0, 0, 0]
    let whole = 0.0103 + 0.005 * (0.1).squareRoot()
    let concentrated = try requirement(figures, coefficient: 1)
    let half = (whole + 0.0103) / 2
    #expect(try abs(#require(concentrated.addedDepth(toNeed: half, at: 100_000)) - 3_000_000) < 1)
  }

  @Test("No depth lowers what the model says of the loss, and a book without depth cannot be scaled")
  func noDepthDoes() throws {
    #expect(try requirement(EvidenceFigures()).addedDepth(toNeed: 0.019, at: 100_000) == nil)
    var empty = EvidenceFigures()
    empty.losses = [0, 0, 0]
    empty.persistentDepth = 0
    #expect(try requirement(empty).addedDepth(toNeed: 0.0113, at: 100_000) == nil)
  }

  @Test("Without positions the raise has no known cost, without a raise there is nothing to weigh")
  func unknown() throws {
    #expect(try injection(open: nil)?.raiseCostPerDay == nil && injection(open: nil)?.cheaper == nil)
    #expect(try injection(raise: 0)?.raiseCostPerDay == 0)
  }

  @Test("Numbers that are negative or none are refused", arguments: [-1.0, .nan, .infinity])
  func refused(_ number: Double) throws {
    #expect(try injection(depth: number) == nil)
    #expect(try injection(liquidatable: number) == nil)
    #expect(try injection(equalRisk: number) == nil)
    #expect(try injection(raise: number) == nil)
    #expect(try injection(open: number) == nil)
  }
}
