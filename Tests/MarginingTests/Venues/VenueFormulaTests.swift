import Margining
import Markets
import Testing

struct VenueFormulaTests {
  @Test(arguments: [(0.0, 0.05), (20e6, 0.05), (30e6, 0.36666666666666664), (35e6, 0.525), (50e6, 1), (80e6, 1)])
  func `dYdX's initial margin rises from the lower cap to the whole notional at the upper`(
    openNotional: Double, margin: Double
  ) throws {
    // (30 − 20) / 30 · 0.95 + 0.05 = 0.3667; half-way 0.525.
    let scaling = try #require(OpenInterestScaling(base: 0.05, lowerCap: 20e6, upperCap: 50e6))
    #expect(abs(try #require(scaling.initialMargin(atOpenNotional: openNotional)) - margin) < 1e-12)
    #expect(scaling.initialMargin(atOpenNotional: .nan) == nil)
    #expect(OpenInterestScaling(base: 0.05, lowerCap: 50e6, upperCap: 50e6) == nil)
  }

  @Test(arguments: [(0, 500), (1, 500), (10_000, 500), (250_000, 550), (1_000_000, 700), (1_000_001, 700)])
  func `Drift's margin ratio grows with the square root of size`(units: UInt64, ratio: UInt64) {
    // Of 5 % with a factor of 0.00003: 4 % + 0.00003 · √1,000,000 = 7 %.
    let premium = SizePremium(ratio: 500, factor: 30)
    #expect(premium.ratio(ofSize: units * 1_000_000_000) == ratio)
    #expect(SizePremium(ratio: 500, factor: 0).ratio(ofSize: .max) == 500)
    #expect(SizePremium(ratio: .max, factor: .max).ratio(ofSize: .max) > UInt64(UInt32.max))
  }

  /// The configuration of IP in https://github.com/Synthetixio/SIPs/blob/master/content/sccp/sccp-394.md.
  @Test func `Synthetix' margins grow with the position beside the scale of the skew`() throws {
    func units(_ thousandths: UInt128) -> UInt128 { thousandths * 1_000_000_000_000_000 }
    let market = SkewMargin(
      skewScale: units(3_000_000_000), initialMarginRatio: units(3_271), minimumInitialMarginRatio: units(200),
      maintenanceMarginScalar: units(391), minimumPositionMargin: units(15_000))
    // 30,000 at 5 USD: 0.2 + 0.01 · 3.271 = 23.271 % of 150,000 and 15; of that 39.1 %, and 15.
    let requirement = try #require(market.requirement(ofSize: units(30_000_000), price: units(5_000)))
    #expect(requirement.initialRatio == units(232_710) / 1_000)
    #expect(requirement.maintenanceRatio == units(90_989_610) / 1_000_000)
    #expect(requirement.initial == units(34_921_500))
    #expect(requirement.maintenance == units(13_663_441_500) / 1_000)
    #expect(market.requirement(ofSize: 0, price: units(5_000))?.initial == 0)
    // 10⁻¹⁸ of a unit: every product is rounded down to nothing but the constants.
    #expect(market.requirement(ofSize: 1, price: 1)?.maintenance == units(15_000))
    #expect(market.requirement(ofSize: .max, price: .max) == nil)
    let flat = SkewMargin(
      skewScale: 0, initialMarginRatio: units(3_271), minimumInitialMarginRatio: units(200),
      maintenanceMarginScalar: units(391), minimumPositionMargin: 0)
    #expect(flat.requirement(ofSize: units(30_000_000), price: units(5_000))?.initial == units(30_000_000))
  }

  @Test func `Binance's maintenance amounts are the deductions of its brackets`() throws {
    // BTCUSDT from 2021-03-18: https://www.binance.com/en/support/announcement/86cf9aa472574b8cb2e05bb751c2a9a6
    let schedule = try schedule([
      (0, 4_000), (50_000, 5_000), (250_000, 10_000), (1_000_000, 25_000), (10_000_000, 50_000), (20_000_000, 100_000),
      (50_000_000, 125_000), (100_000_000, 150_000), (200_000_000, 250_000), (300_000_000, 500_000),
    ])
    #expect(
      schedule.deductions == [
        0, 50, 1_300, 16_300, 266_300, 1_266_300, 2_516_300, 5_016_300, 25_016_300, 100_016_300,
      ])
  }

  @Test func `Hyperliquid's BTC tiers ask for half the initial margin of their leverage`() throws {
    // 40× to 150 million and 20× above: https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers
    let schedule = try schedule([(0, 12_500), (150_000_000, 25_000)])
    #expect(schedule.deductions == [0, 1_875_000])
    #expect(try #require(schedule.maintenance(ofNotional: 200e6)) == 3_125_000)
    #expect(schedule.tiers.map { schedule.maximumLeverage(for: $0.maintenance) } == [40, 20])
  }

  private func schedule(_ brackets: [(bound: Double, millionths: Int)]) throws -> TierSchedule {
    try TierSchedule(
      tiers: brackets.map {
        Tier(lowerBound: $0.bound, maintenance: try #require(MarginFraction(partsPerMillion: $0.millionths)))
      })
  }
}
