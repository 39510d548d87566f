import Backtesting
import Margining
import Markets
import Testing
import Workflows

@Suite("Shortfall's own policies in a back-test")
struct OwnPathsTests {
  private static let headline = 100_000.0
  private static let start = Timestamp(nanoseconds: 0)

  /// Hourly books of one market in two sizes whose losses, costs and volatility are multiples of round figures.
  private static func replay(
    _ factors: [Double], probability: Double? = 0.001, withoutEvidenceAt gap: Int? = nil
  ) throws -> Replay {
    let market = try #require(MarketName("ETHUSDT"))
    let points = try factors.enumerated().map { hour, factor in
      let rungs = [10_000.0, headline].enumerated().map { rung, notional in
        CloseOutEvidence.Rung(
          notional: notional, loss: factor * [0.01, 0.02][rung], sweepCost: factor * [0.001, 0.002][rung],
          historicalLoss: 0.02, stressedLoss: 0.04)
      }
      let evidence = try #require(
        CloseOutEvidence(
          rungs: rungs, returns: .init(historical: 0.004, stressed: 0.004), spread: .init(mean: 0.0004, deviation: 0),
          volatility: 0.001 * factor, persistentDepth: 1_000_000))
      let side = ReplaySide(
        depth: 1_000_000, probability: probability, fixedLosses: rungs.map(\.loss),
        adaptiveLosses: rungs.map { 1.1 * $0.loss }, sweepCosts: rungs.map { $0.sweepCost ?? .nan },
        evidence: hour == gap ? nil : evidence, losses: [0.01, 0.01])
      return ReplayPoint(time: start + .hours(Int64(hour)), mid: 100, sides: BySide(sell: side, buy: side))
    }
    return Replay(
      provenance: .real, notionals: [10_000, headline], informationSpan: .hours(2), judgedFrom: start,
      markets: [ReplayedMarket(market: market, points: points, judgedFrom: start)])
  }

  private static func policy(_ form: RequirementForm, injection: InjectionSettings? = nil) throws
    -> BacktestRun.NamedPolicy
  {
    func rate(_ fraction: Double) throws -> MarginFraction { try #require(MarginFraction(roundingUp: fraction)) }
    func chance(_ value: Double) throws -> Probability { try #require(Probability(value)) }
    let settings = try MarginPolicySettings(
      form: form, curve: MultiplierCurve(target: chance(0.01)),
      hysteresis: HysteresisSettings(raiseAbove: chance(0.02), releaseBelow: chance(0.01), confirmations: 1),
      rateLimits: RateLimits(up: rate(0.5), down: rate(0.01)),
      bounds: MarginBounds(floor: rate(0.001), cap: rate(0.9)), injection: injection,
      noScore: NoScoreSettings(staleAfter: .hours(2)))
    let tiers = try TierSchedule(tiers: [
      Tier(lowerBound: 0, maintenance: try rate(0.01)), Tier(lowerBound: 50_000, maintenance: try rate(0.01)),
    ])
    return BacktestRun.NamedPolicy(
      name: "policy.yaml", policy: try MarginPolicy(settings: settings, schedules: [:], defaultSchedule: tiers))
  }

  private static func answer(
    _ replay: Replay, _ named: BacktestRun.NamedPolicy, accounts: Accounts? = nil
  ) throws -> (paths: [NamedPath], raises: [RaiseReport]) {
    let weighing = RaiseWeighing(
      settings: named.policy.settings, headlineNotional: headline, band: BasisPoints(100), accounts: accounts)
    return try OwnPaths(replay: replay).policy(named, weighing)
  }

  @Test("The quantile alone asks the adaptive loss of each size")
  func conditional() throws {
    let path = try #require(OwnPaths(replay: try Self.replay([1, 2])).conditional().paths.first)
    #expect(path.margins.sell == [1, 2].map { factor in [0.01, 0.02].map { 1.1 * (factor * $0) } })
  }

  @Test("Driven by a probability there is one path, driven by evidence the requirement stands beside it")
  func names() throws {
    let replay = try Self.replay([1, 1])
    #expect(try Self.answer(replay, Self.policy(.probability)).paths.map(\.name) == ["policy"])
    #expect(try Self.answer(replay, Self.policy(.conditional)).paths.map(\.name) == ["requirement", "policy"])
  }

  @Test("The requirement covers the conditional requirement of each tier's size, before any control")
  func requirement() throws {
    let replay = try Self.replay([1, 3, 1])
    let named = try Self.policy(.conditional)
    let paths = try Self.answer(replay, named).paths
    let requirement = try #require(paths.first?.paths.first).margins.sell
    for (margins, factor) in zip(requirement, [1.0, 3, 1]) {
      // The model asks 2 % of the headline size at factor 1, more than base, liquidity and concentration together.
      #expect(margins[1] >= 0.02 * factor - 1e-12)
    }
    #expect(requirement[0] == requirement[2])
    #expect(requirement[1][1] > 2.5 * requirement[0][1])
    // The chain raises at once and holds: it may fall by a hundredth an hour only after a cool-down.
    let controlled = try #require(paths.last?.paths.first).margins.sell
    #expect(controlled[2][1] >= requirement[2][1])
    #expect(controlled[1] == controlled[2])
  }

  @Test("While evidence is missing the last requirement is held")
  func missingEvidence() throws {
    let named = try Self.policy(.conditional)
    func requirement(_ replay: Replay) throws -> [[Double]] {
      try #require(try Self.answer(replay, named).paths.first?.paths.first).margins.sell
    }
    let whole = try requirement(try Self.replay([3, 1, 2]))
    let broken = try requirement(try Self.replay([3, 1, 2], withoutEvidenceAt: 1))
    #expect(broken == [whole[0], whole[0], whole[2]])
  }

  @Test("Later books change no margin of the past")
  func causality() throws {
    let factors = [1, 1.5, 3, 2, 0.5, 4, 1]
    let named = try Self.policy(.conditional)
    let long = try Self.answer(try Self.replay(factors), named)
    for count in 1..<factors.count {
      let short = try Self.answer(try Self.replay(Array(factors.prefix(count))), named)
      for (early, late) in zip(short.paths, long.paths) {
        let (early, late) = (try #require(early.paths.first), try #require(late.paths.first))
        #expect(early.margins.sell == Array(late.margins.sell.prefix(count)))
        #expect(early.initialMargins?.buy == (late.initialMargins?.buy.prefix(count)).map(Array.init))
      }
    }
  }

  @Test("Every rise of the margin at the headline size is a raise, in time order, and nothing else is")
  func raises() throws {
    let answer = try Self.answer(try Self.replay([1, 1, 3, 3, 6]), Self.policy(.conditional))
    let margins = try #require(answer.paths.last?.paths.first).margins.sell.map { $0[1] }
    let rises = zip(margins, margins.dropFirst()).filter { $0 < $1 }
    let sold = answer.raises.filter { $0.side == .sell }
    #expect(sold.dropFirst().map(\.before) == rises.map(\.0))
    #expect(sold.dropFirst().map(\.after) == rises.map(\.1))
    #expect(sold.first?.before == 0.01)
    #expect(zip(answer.raises, answer.raises.dropFirst()).allSatisfy { $0.time <= $1.time })
    #expect(answer.raises.allSatisfy { $0.injection == nil && $0.feedback == nil })
  }

  @Test("Depth in place of a raise is worked out by hand")
  func injection() throws {
    let costs = try InjectionSettings(cover: 20, within: BasisPoints(25), costPerDay: 0.001, marginCostPerDay: 0.0002)
    // The model's own quantile is 20 %, far above the 1 % in force, and depth does not lower it.
    let raises = try Self.answer(
      try Self.replay([10], probability: 0.05), Self.policy(.probability, injection: costs)
    ).raises
    let raise = try #require(raises.first { $0.side == .sell })
    #expect(abs(raise.after - raise.before - 0.009037) < 2e-6)
    let injection = try #require(raise.injection)
    #expect(injection.equalRiskUSD == nil && injection.injectionCostPerDay == nil)
    #expect(injection.coverUSD == 20 * Self.headline - 1_000_000)
    #expect(injection.withinBasisPoints == 25)
    #expect(injection.raiseCostPerDay == nil && injection.cheaper == nil)
  }

  @Test("With accounts a raise shows what it forces out, and the guard holds it back")
  func feedback() throws {
    let market = try #require(MarketName("ETHUSDT"))
    func account(_ id: String, _ notional: Double, _ share: Double) throws -> Account {
      try #require(Account(id: id, market: market, side: .sell, notional: notional, equity: share * notional))
    }
    // The raise goes from 1 % to 1.9037 %: the first falls with it, the second with the price that the first moves.
    let accounts = Accounts([try account("a", 400_000, 0.012), try account("b", 300_000, 0.0195)])
    let costs = try InjectionSettings(within: BasisPoints(25), costPerDay: 0.001, marginCostPerDay: 0.0002)
    let raises = try Self.answer(
      try Self.replay([10], probability: 0.05), Self.policy(.probability, injection: costs), accounts: accounts
    ).raises
    let raise = try #require(raises.first { $0.side == .sell })
    let feedback = try #require(raise.feedback)
    #expect(feedback.limitUSD == 100_000)
    #expect(feedback.unguarded.firstRoundUSD == 400_000)
    #expect(feedback.unguarded.totalUSD == 700_000)
    #expect(feedback.unguarded.amplification == 1.75)
    #expect(abs(feedback.unguarded.priceImpact - 0.007) < 1e-12)
    #expect(feedback.guarded.firstRoundUSD == 0)
    #expect(feedback.guarded.amplification == nil)
    #expect(abs(feedback.appliedAtOnce - 0.012) < 2e-6)
    let cost = try #require(raise.injection?.raiseCostPerDay)
    #expect(abs(cost - 700_000 * (raise.after - raise.before) * 0.0002) < 1e-6)
    #expect(raise.injection?.cheaper == nil)
    // On the buy side nobody stands.
    let other = try #require(raises.first { $0.side == .buy }?.feedback)
    #expect(other.unguarded.totalUSD == 0 && other.appliedAtOnce > feedback.appliedAtOnce)
  }
}
