import MarketData
import Testing

@Suite("Simulated markets: depth profile and leverage ladder")
struct SimulationPartsTests {
  @Test func theFirstHundredBasisPointsHoldOneUnit() {
    #expect(DepthProfile.notional(within: 0) == 0)
    #expect(DepthProfile.notional(within: 0.5) == 0.375)
    #expect(DepthProfile.notional(within: 1) == 1)
    #expect(DepthProfile.notional(within: 2) == 2.5)
  }

  @Test func reachIsTheInverseOfNotional() {
    for step in 0...60 {
      let distance = Double(step) / 20
      #expect(abs(DepthProfile.distance(holding: DepthProfile.notional(within: distance)) - distance) < 1e-12)
    }
  }

  @Test func aFallLiquidatesEachPositionOnce() {
    var ladder = LeverageLadder(interest: 2, meanDistance: 0.06, level: 0)
    let full = ladder.waiting
    // The gamma density of shape 2 leaves 1 % beyond the ladder's 20 %.
    #expect(full > 1.97 && full < 2)
    let first = ladder.move(to: -0.03)
    let again = ladder.move(to: 0)
    let second = ladder.move(to: -0.03)
    #expect(first > 0 && again == 0 && second == 0)
    #expect(abs(ladder.waiting + first - full) < 1e-12)
    // At 3 %, half the mean: 1 − e⁻¹ (1 + 1) of the interest.
    #expect(abs(first / 2 - 0.264_241_117_657) < 1e-9)
    #expect(ladder.move(to: -10) > 0)
    #expect(ladder.waiting == 0)
  }

  @Test func positionsComeBackWithinDays() {
    var ladder = LeverageLadder(interest: 1, meanDistance: 0.05, level: 0)
    let full = ladder.waiting
    _ = ladder.move(to: -1)
    for _ in 0..<(5 * 8_640) { ladder.renew(seconds: 10) }
    #expect(abs(ladder.waiting / full - 0.993_262) < 1e-4)
  }
}
