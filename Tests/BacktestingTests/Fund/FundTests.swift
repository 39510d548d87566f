import Backtesting
import Markets
import Sampling
import Testing
import Validation

@Suite("What accounts cost an insurance fund")
struct FundTests {
  /// Snapshots six hours apart of one market and one size of 1,000, with a sweep cost of 1 %.
  private struct Books {
    static let notional = 1_000.0
    static let cost = 0.01
    var mids: [Double]
    var margins: [Double]
    var initialMargins: [Double]?

    func judgement(resamples: Int = 20) throws -> PolicyJudgement {
      let market = try #require(MarketName("A"))
      let start = Timestamp(nanoseconds: 0)
      let side = ReplaySide(
        depth: 1, probability: nil, fixedLosses: [], adaptiveLosses: [], sweepCosts: [Self.cost], losses: [.nan])
      let points = mids.enumerated().map { index, mid in
        ReplayPoint(time: start + .hours(6 * Int64(index)), mid: mid, sides: BySide(sell: side, buy: side))
      }
      func bySide(_ margins: [Double]) -> BySide<[[Double]]> {
        let lists = margins.map { [$0] }
        return BySide(sell: lists, buy: lists)
      }
      let path = NamedPath(
        name: "ours", summary: "ours",
        paths: [
          MarginPath(market: market, margins: bySide(margins), initialMargins: initialMargins.map(bySide))
        ])
      return PolicyJudgement(
        replay: Replay(
          provenance: .real, notionals: [Self.notional], informationSpan: .hours(1), judgedFrom: start,
          markets: [ReplayedMarket(market: market, points: points, judgedFrom: start)]),
        ours: [path], competitors: [], headlineNotional: Self.notional, target: 0.99,
        bootstrap: DayBlockBootstrap(resamples: resamples, seed: 7), tests: { _ in [] }, trafficLight: { _, _ in "" })
    }

    /// The same figures account by account, straight from the definition.
    func slowFund() -> (price: Int, raise: Int, draws: Int, drawUSD: Double, deposits: [Double]) {
      var (price, raise, draws, drawUSD, deposits) = (0, 0, 0, 0.0, [Double]())
      for opened in stride(from: 0, to: mids.count, by: 4) {
        for sign in [1.0, -1] {
          let deposit = Self.notional * (initialMargins?[opened] ?? min(1, 2 * margins[opened]))
          deposits.append(deposit / Self.notional)
          let units = Self.notional / mids[opened]
          let equities = mids.map { deposit + sign * units * ($0 - mids[opened]) }
          let followed = (opened + 1)..<max(opened + 1, min(opened + 8, mids.count))
          guard let hit = followed.first(where: { equities[$0] < margins[$0] * units * mids[$0] }) else { continue }
          if equities[hit] < margins[opened] * units * mids[hit] { price += 1 } else { raise += 1 }
          let executed = min(hit + 1, mids.count - 1)
          let loss = Self.cost * units * mids[executed] - equities[executed]
          if loss > 0 { draws += 1 }
          drawUSD += max(0, loss)
        }
      }
      return (price, raise, draws, drawUSD, deposits)
    }
  }

  @Test func `a fall of the price through the margin draws what the equity does not pay`() throws {
    // A long of 1,000 with 100 of equity: at 94 it has 40, below 5 % of 940. Executed at 88 it has −20, less 8.80 of cost.
    let books = Books(mids: [100, 99, 94, 88], margins: [0.05, 0.05, 0.05, 0.05])
    let fund = try #require(try books.judgement().fund().first)
    #expect(fund.accounts == 2)
    #expect(fund.liquidations == 1)
    #expect(fund.liquidationsByRaise == 0)
    #expect(fund.draws == 1)
    #expect(abs((fund.drawUSD.value ?? 0) - 28.8) < 1e-9)
    #expect(fund.meanInitialMargin == 0.1)
  }

  @Test func `a raise that the price alone would not have needed is counted apart`() throws {
    // At 99 the long has 90: enough for 5 % of 990, not for 10 %. The short has 110, which is enough.
    let books = Books(mids: [100, 99, 99, 99], margins: [0.05, 0.1, 0.1, 0.1])
    let fund = try #require(try books.judgement().fund().first)
    #expect(fund.liquidations == 0)
    #expect(fund.liquidationsByRaise == 1)
    #expect(fund.draws == 0)
    #expect(fund.drawUSD.value == 0)
  }

  @Test func `an account is followed to the end of the next day and no further`() throws {
    let flat = [Double](repeating: 100, count: 8)
    let margins = [Double](repeating: 0.05, count: 10)
    // The fall comes on the third day: only the account of the second day is still followed.
    let fund = try #require(try Books(mids: flat + [50, 50], margins: margins).judgement().fund().first)
    #expect(fund.accounts == 6)
    #expect(fund.liquidations == 1)
    #expect(abs((fund.drawUSD.value ?? 0) - 405) < 1e-9)
  }

  @Test func `the last snapshot executes what it liquidates`() throws {
    let fund = try #require(try Books(mids: [100, 80], margins: [0.05, 0.05]).judgement().fund().first)
    #expect(abs((fund.drawUSD.value ?? 0) - 108) < 1e-9)
  }

  @Test func `initial margins of a policy's own are put up, twice the maintenance at most the notional otherwise`()
    throws
  {
    let own = try Books(mids: [100, 100], margins: [0.05, 0.05], initialMargins: [0.2, 0.2]).judgement().fund()
    #expect(own.first?.meanInitialMargin == 0.2)
    let whole = try Books(mids: [100, 100], margins: [0.8, 0.8]).judgement().fund()
    #expect(whole.first?.meanInitialMargin == 1)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func `figures agree with a slow twin`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var books = Books(mids: [100], margins: [])
    for _ in 1..<40 { books.mids.append((books.mids.last ?? 100) * (1 + 0.04 * generator.normal())) }
    books.margins = books.mids.map { _ in 0.02 + 0.08 * generator.uniform() }
    if seed.isMultiple(of: 2) { books.initialMargins = books.margins.map { $0 * 1.5 } }
    let fast = try #require(try books.judgement().fund().first)
    let slow = books.slowFund()
    #expect(fast.accounts == slow.deposits.count)
    #expect(fast.liquidations == slow.price)
    #expect(fast.liquidationsByRaise == slow.raise)
    #expect(fast.draws == slow.draws)
    #expect(abs((fast.drawUSD.value ?? -1) - slow.drawUSD) < 1e-8)
    let mean = slow.deposits.reduce(0, +) / Double(slow.deposits.count)
    #expect(abs((fast.meanInitialMargin ?? -1) - mean) < 1e-12)
    #expect(slow.price + slow.raise > 0)
  }

  @Test func `the interval resamples days of opening`() throws {
    var mids = [Double](repeating: 100, count: 40)
    mids[9...11] = [70, 70, 70]
    let margins = [Double](repeating: 0.05, count: 40)
    let draw = try #require(try Books(mids: mids, margins: margins).judgement(resamples: 200).fund().first).drawUSD
    let value = try #require(draw.value)
    #expect(value > 0)
    #expect(try #require(draw.low) < value)
    #expect(try #require(draw.high) > value)
  }

  @Test func `nothing to judge draws nothing`() throws {
    let fund = try #require(try Books(mids: [], margins: []).judgement().fund().first)
    #expect(fund.accounts == 0)
    #expect(fund.meanInitialMargin == nil)
  }
}
