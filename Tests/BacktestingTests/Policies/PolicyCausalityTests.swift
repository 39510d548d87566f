import Backtesting
import Markets
import Sampling
import Testing

struct PolicyCausalityTests {
  @Test(arguments: [1, 60, 130])
  func `points that come later change no margin before them`(judgedCount: Int) throws {
    let whole = try SyntheticReplay.make()
    let prefix = try SyntheticReplay.changing(whole) {
      Array($0[..<(SyntheticReplay.judgedStart + judgedCount)])
    }
    try expectEqual(whole, prefix, judgedCount: judgedCount)
  }

  @Test(arguments: [1, 60, 130])
  func `losses that are not known yet change no margin`(judgedCount: Int) throws {
    let whole = try SyntheticReplay.make()
    let now = SyntheticReplay.time(SyntheticReplay.judgedStart + judgedCount - 1)
    var generator = SeededGenerator(seed: 7)
    let scrambled = try SyntheticReplay.changing(whole) { points in
      points.map { point in
        if point.time + whole.informationSpan <= now { return point }
        return ReplayPoint(
          time: point.time, mid: point.mid,
          sides: BySide { side in
            SyntheticReplay.side(
              sweepCosts: point.sides[side].sweepCosts,
              losses: SyntheticReplay.notionals.map { _ in generator.uniform() })
          })
      }
    }
    try expectEqual(whole, scrambled, judgedCount: judgedCount)
  }

  @Test func `a loss is known from the end of its information span on`() throws {
    let replay = try SyntheticReplay.make()
    var losses = MaturedLosses(of: replay.markets[0], in: replay)
    #expect(losses.advance(to: SyntheticReplay.time(3)).isEmpty)
    #expect(losses.loss(of: 0, .sell, size: 0).isNaN)
    #expect(losses.advance(to: SyntheticReplay.time(6)) == 0..<3)
    #expect(losses.advance(to: SyntheticReplay.time(5)).isEmpty)
    #expect(losses.known == 0..<3)
    let tuning = MaturedLosses.forTuning(of: replay.markets[0], in: replay)
    #expect(tuning.known == 0..<(SyntheticReplay.judgedStart - SyntheticReplay.horizonSteps + 1))
  }

  private func expectEqual(_ whole: Replay, _ other: Replay, judgedCount: Int) throws {
    let policies = CompetingPolicies.all(tunedOn: whole, target: 0.95)
    let others = CompetingPolicies.all(tunedOn: other, target: 0.95)
    for (policy, twin) in zip(policies, others) {
      for (market, otherMarket) in zip(whole.markets, other.markets) {
        let path = policy.path(of: market, in: whole)
        let twinPath = twin.path(of: otherMarket, in: other)
        #expect(path.margins.sell.count == market.judged.count)
        for side in LiquidationSide.allCases {
          #expect(
            path.margins[side].prefix(judgedCount) == twinPath.margins[side].prefix(judgedCount), "\(policy.name)")
        }
      }
    }
  }
}
