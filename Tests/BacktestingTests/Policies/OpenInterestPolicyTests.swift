import Backtesting
import Margining
import Markets
import Testing

@Suite("dYdX's scaling with open interest as a competitor")
struct OpenInterestPolicyTests {
  /// The synthetic replay with a persistent depth of one million at every point but the last, which knows none.
  private static func replay() throws -> Replay {
    let evidence = try #require(
      CloseOutEvidence(
        rungs: [.init(notional: 10_000, loss: 0.01, sweepCost: 0, historicalLoss: 0.01, stressedLoss: 0.01)],
        returns: .init(historical: 0.01, stressed: 0.01), spread: .init(mean: 0, deviation: 0), volatility: 0.01,
        persistentDepth: 1_000_000))
    return try SyntheticReplay.changing(try SyntheticReplay.make()) { points in
      points.enumerated().map { index, point in
        ReplayPoint(
          time: point.time, mid: point.mid,
          sides: BySide { side in
            let seen = point.sides[side]
            return ReplaySide(
              depth: seen.depth, probability: nil, fixedLosses: [], adaptiveLosses: [], sweepCosts: seen.sweepCosts,
              evidence: index == points.count - 1 ? nil : evidence, losses: seen.losses)
          })
      }
    }
  }

  private static func settings(_ known: [String: Double]) throws -> OpenInterestSettings {
    var markets: [MarketName: Double] = [:]
    for (name, notional) in known { markets[try #require(MarketName(name))] = notional }
    return try OpenInterestSettings(lower: 1, upper: 3, known: markets)
  }

  @Test func `it runs where open interest is known, and is said to be left out elsewhere`() throws {
    let replay = try Self.replay()
    let known = try Self.settings(["A": 2_000_000])
    let names = CompetingPolicies.all(tunedOn: replay, target: 0.95, openInterest: known).map(\.name)
    #expect(names.last == "dydx-open-interest" && names.count == 6)
    #expect(CompetingPolicies.notes(openInterest: known).isEmpty)
    #expect(CompetingPolicies.notes(openInterest: try Self.settings([:])).count == 1)
    #expect(CompetingPolicies.all(tunedOn: replay, target: 0.95, openInterest: try Self.settings([:])).count == 5)
  }

  @Test func `maintenance is the static margin, initial margin half-way between the caps half-way to the notional`()
    throws
  {
    let replay = try Self.replay()
    let policy = OpenInterestPolicy.tuned(
      on: replay, target: 0.95, openInterest: try Self.settings(["A": 2_000_000]))
    let fixed = StaticPolicy.tuned(on: replay, target: 0.95)
    for market in replay.markets {
      let (path, expected) = (policy.path(of: market, in: replay), fixed.path(of: market, in: replay))
      #expect(path.margins.sell == expected.margins.sell)
      let base = min(1, 2 * expected.margins.sell[0][1])
      let initial = try #require(path.initialMargins).sell.map { $0[1] }
      // Market B's open interest is not known, and the last point's depth is not.
      #expect(abs(initial[0] - (market.market.text == "A" ? base + 0.5 * (1 - base) : base)) < 1e-12)
      #expect(initial.last == base)
    }
  }
}
