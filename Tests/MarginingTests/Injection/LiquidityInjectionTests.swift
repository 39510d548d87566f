import Margining
import Markets
import Testing

@Suite("Liquidity in place of a raise")
struct LiquidityInjectionTests {
  private func injection(
    depth: Double = 200_000, liquidatable: Double = 500_000, liquidity: Double = 0.03, raise: Double = 0.01,
    open: Double? = 10_000_000, cover: Double = 1, cost: Double = 0.001, marginCost: Double = 0.0005
  ) throws -> LiquidityInjection? {
    LiquidityInjection(
      for: .init(
        persistentDepth: depth, liquidatableNotional: liquidatable, liquidityMargin: liquidity, raise: raise,
        openNotional: open),
      try InjectionSettings(cover: cover, within: BasisPoints(100), costPerDay: cost, marginCostPerDay: marginCost))
  }

  @Test("Cover is the liquidatable notional times c less what stays in the book, never below nothing")
  func cover() throws {
    #expect(try injection()?.coverUSD == 300_000)
    #expect(try injection(cover: 1.5)?.coverUSD == 550_000)
    #expect(try injection(liquidatable: 100_000)?.coverUSD == 0)
  }

  @Test("Equal risk: a third off a cost that falls as one over depth takes half as much depth again")
  func equalRisk() throws {
    let injection = try #require(try injection())
    // 200,000 · 0.01 / (0.03 − 0.01); with 300,000 the 3 % become 2 %.
    #expect(try abs(#require(injection.equalRiskUSD) - 100_000) < 1e-6)
    #expect(try abs(#require(injection.injectionCostPerDay) - 100) < 1e-9)
    // 10,000,000 · 1 % · 0.05 %.
    #expect(injection.raiseCostPerDay == 50)
    #expect(injection.cheaper == .raise)
    #expect(try self.injection(open: 30_000_000)?.cheaper == .injection)
  }

  @Test("Where the price alone asks for part of the raise, no depth does instead", arguments: [0.01, 0.005, 0])
  func price(_ liquidity: Double) throws {
    let injection = try #require(try injection(liquidity: liquidity))
    #expect(injection.equalRiskUSD == nil && injection.injectionCostPerDay == nil && injection.cheaper == nil)
    #expect(injection.raiseCostPerDay == 50)
  }

  @Test("Without positions the raise has no known cost, without a raise there is nothing to weigh")
  func unknown() throws {
    #expect(try injection(open: nil)?.raiseCostPerDay == nil && injection(open: nil)?.cheaper == nil)
    #expect(try injection(raise: 0)?.equalRiskUSD == 0)
    #expect(try injection(depth: 0)?.equalRiskUSD == nil)
  }

  @Test("Numbers that are negative or none are refused", arguments: [-1.0, .nan, .infinity])
  func refused(_ number: Double) throws {
    #expect(try injection(depth: number) == nil)
    #expect(try injection(liquidatable: number) == nil)
    #expect(try injection(liquidity: number) == nil)
    #expect(try injection(raise: number) == nil)
    #expect(try injection(open: number) == nil)
  }
}
