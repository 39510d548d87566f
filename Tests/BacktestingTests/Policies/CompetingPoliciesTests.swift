import Backtesting
import Markets
import Testing

struct CompetingPoliciesTests {
  private static let hour = TimeSpan.hours(1)

  @Test func `policies come in the order of tables and say what could not run`() throws {
    let policies = CompetingPolicies.all(tunedOn: try SyntheticReplay.make(), target: 0.95)
    #expect(policies.map(\.name) == ["static", "ewma", "filtered-historical", "span-like", "drift-sqrt-size"])
    #expect(CompetingPolicies.notes().count == 1)
  }

  @Test(arguments: [0.9, 0.95, 0.99])
  func `margins cover their target in the tuning period`(target: Double) throws {
    let replay = try SyntheticReplay.make()
    for policy in CompetingPolicies.all(tunedOn: replay, target: target) where policy.name != "filtered-historical" {
      for market in replay.markets {
        let all = ReplayedMarket(market: market.market, points: market.points, judgedFrom: .distantPast)
        let path = policy.path(of: all, in: replay)
        let losses = MaturedLosses.forTuning(of: market, in: replay)
        let pairs = LiquidationSide.allCases.flatMap { side in
          SyntheticReplay.notionals.indices.flatMap { size in
            losses.known.map { (losses.loss(of: $0, side, size: size), path.margins[side][$0][size]) }
          }
        }.filter { !$0.0.isNaN }
        let covered = pairs.filter { $0.0 <= $0.1 + 1e-12 }.count
        #expect(Double(covered) >= target * Double(pairs.count), "\(policy.name)")
        #expect(Double(covered) <= (target + 0.03) * Double(pairs.count) || target == 0.99, "\(policy.name)")
      }
    }
  }

  @Test func `policies of volatility rise with it and the static one does not`() throws {
    let replay = try SyntheticReplay.make()
    for policy in CompetingPolicies.all(tunedOn: replay, target: 0.95) {
      let margins = policy.path(of: replay.markets[0], in: replay).margins.sell.map { $0[0] }
      let growth = margins[margins.count - 1] / margins[0]
      switch policy.name {
      case "ewma", "filtered-historical": #expect(growth > 1.2)
      case "static", "drift-sqrt-size": #expect(growth == 1)
      default: #expect(growth > 0)
      }
    }
  }

  @Test func `a market unknown to the tuning period is asked for its full notional`() throws {
    let replay = try SyntheticReplay.make()
    let late = try SyntheticReplay.changing(replay) { Array($0[SyntheticReplay.judgedStart...]) }
    for policy in CompetingPolicies.all(tunedOn: late, target: 0.95) {
      let path = policy.path(of: late.markets[0], in: late)
      #expect(path.margins.buy.allSatisfy { $0 == [1, 1] }, "\(policy.name)")
    }
  }

  @Test func `the static margin of a worked case`() throws {
    // Of 0.01 … 0.04 the level 1/2 takes the ⌈5/2⌉ = third smallest; gains ask for nothing.
    let replay = try worked(
      mids: [1, 1, 1, 1, 1, 1], costs: [0, 0, 0, 0, 0, 0], losses: [0.04, 0.01, 0.03, 0.02, .nan, .nan])
    let policy = StaticPolicy.tuned(on: replay, target: 0.5)
    let path = policy.path(of: replay.markets[0], in: replay)
    #expect(path.margins.sell == [[0.03], [0.03]])
    #expect(path.margins.buy == [[0], [0]])
  }

  @Test func `the EWMA margin of a worked case`() throws {
    // The mid moves by 1 % each hour and every known loss is 2 %: the factor is 2, and the margin 2 %.
    let mids = [1, 1.01, 1, 1.01, 1, 1.01].map { $0 }
    let replay = try worked(mids: mids, costs: [0, 0, 0, 0, 0, 0], losses: [0.02, 0.02, 0.02, 0.02, .nan, .nan])
    let path = EWMAPolicy.tuned(on: replay, target: 0.5).path(of: replay.markets[0], in: replay)
    for margins in path.margins.sell { #expect(abs(margins[0] - 0.02) < 1e-12) }
  }

  @Test func `the sweep cost is added where losses follow it`() throws {
    let costs = [0.01, 0.05, 0.02, 0.04, 0.03, 0.06]
    let replay = try worked(
      mids: [1, 1.01, 1, 1.01, 1, 1.01], costs: costs, losses: costs.map { $0 + 0.01 })
    let policy = EWMAPolicy.tuned(on: replay, target: 0.5)
    #expect(policy.summary.contains("plus the sweep cost"))
    let path = policy.path(of: replay.markets[0], in: replay)
    #expect(abs(path.margins.sell[0][0] - 0.04) < 1e-12)
    #expect(abs(path.margins.sell[1][0] - 0.07) < 1e-12)
  }

  @Test func `the volatility of a worked case`() {
    // Hour 1: r² = 1e-4 with weight 1/2. Hour 2: (1e-4/4 + 4e-4/2) / (3/4) = 3e-4.
    let side = SyntheticReplay.side(sweepCosts: [], losses: [])
    let ratios = [(0, 1.0), (1, 1.010050167084168), (2, 1.0304545339535169)]
    let points = ratios.map { hours, mid in
      ReplayPoint(time: Timestamp(nanoseconds: 0) + .hours(Int64(hours)), mid: mid, sides: BySide { _ in side })
    }
    let scales = VolatilityScale.values(of: points, halfLife: .hours(1), horizon: .hours(4))
    #expect(scales[0].isNaN)
    #expect(abs(scales[1] - 0.02) < 1e-12)
    #expect(abs(scales[2] - (12e-4).squareRoot()) < 1e-12)
  }

  /// One market with a point each hour, an information span of an hour and the last two points judged.
  private func worked(mids: [Double], costs: [Double], losses: [Double]) throws -> Replay {
    let points = mids.indices.map { index in
      ReplayPoint(
        time: Timestamp(nanoseconds: 0) + .hours(Int64(index)), mid: mids[index],
        sides: BySide(
          sell: SyntheticReplay.side(sweepCosts: [costs[index]], losses: [losses[index]]),
          buy: SyntheticReplay.side(sweepCosts: [costs[index]], losses: [-losses[index]])))
    }
    let judgedFrom = Timestamp(nanoseconds: 0) + .hours(4)
    return Replay(
      provenance: .simulated, notionals: [1], informationSpan: Self.hour, judgedFrom: judgedFrom,
      markets: [
        ReplayedMarket(market: try #require(MarketName("A")), points: points, judgedFrom: judgedFrom)
      ])
  }
}
