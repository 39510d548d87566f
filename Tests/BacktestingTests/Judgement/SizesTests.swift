import Backtesting
import Markets
import Testing
import Validation

@Suite("Several sizes of position")
struct SizesTests {
  /// Two snapshots of one market in two sizes: losses and margins by snapshot and size, both sides alike.
  private func judgement(headline: Double) throws -> PolicyJudgement {
    let market = try #require(MarketName("A"))
    let start = Timestamp(nanoseconds: 0)
    let points = [[0.01, 0.03], [0.02, 0.06]].enumerated().map { index, losses in
      let side = ReplaySide(
        depth: 1, probability: nil, fixedLosses: [0.01, 0.05], adaptiveLosses: [], sweepCosts: [0, 0], losses: losses)
      return ReplayPoint(time: start + .hours(Int64(index)), mid: 100, sides: BySide(sell: side, buy: side))
    }
    func path(_ name: String, _ margins: [[Double]]) -> NamedPath {
      NamedPath(
        name: name, summary: name, paths: [MarginPath(market: market, margins: BySide(sell: margins, buy: margins))])
    }
    return PolicyJudgement(
      replay: Replay(
        provenance: .real, notionals: [1_000, 10_000], informationSpan: .hours(1), judgedFrom: start,
        markets: [ReplayedMarket(market: market, points: points, judgedFrom: start)]),
      ours: [path("ours", [[0.01, 0.05], [0.01, 0.05]])],
      competitors: [path("theirs", [[0.02, 0.02], [0.02, 0.02]])],
      headlineNotional: headline, target: 1, bootstrap: DayBlockBootstrap(resamples: 5, seed: 7),
      tests: { _ in [] }, trafficLight: { "\($0) of \($1)" })
  }

  @Test func `figures are of the headline size, and of each size in its own group`() throws {
    let report = try #require(try judgement(headline: 1_000).policies().first)
    let names = report.groups.map { "\($0.group.kind) \($0.group.name)" }
    #expect(
      names == [
        "all all", "market A", "market-side A sell", "market-side A buy", "side sell", "side buy", "regime calm",
        "regime stress", "notional 1000", "notional 10000", "market-notional A 1000", "market-notional A 10000",
      ])
    let rows = report.groups.map(\.rows)
    #expect(rows == [4, 4, 2, 2, 2, 2, 4, 0, 4, 4, 4, 4])
    // One loss of 2 % above a margin of 1 %, and one of 6 % above 5 %, each on both sides.
    let shortfalls = report.groups.map { ($0.shortfallUSD * 1e6).rounded() / 1e6 }
    #expect(shortfalls == [20, 20, 10, 10, 10, 10, 20, 0, 20, 200, 20, 200])
    #expect(report.tests.first?.trafficLight == "2 of 4")
  }

  @Test(arguments: [(1_000.0, 0.01), (10_000, 0.05)])
  func `comparisons, frontier, curves, series and episodes look at the headline size alone`(
    headline: Double, margin: Double
  ) throws {
    let judgement = try judgement(headline: headline)
    let unscaled = try #require(judgement.frontiers().first?.points.first { $0.scale == 1 })
    #expect(abs(unscaled.meanMargin - margin) < 1e-12)
    let comparison = try #require(judgement.comparisons().first)
    #expect(abs(comparison.ourShortfallUSD - 2 * 0.01 * headline) < 1e-9)
    #expect(judgement.series().first?.margins.first == [margin, margin])
    let ours = try #require(judgement.coverage().first { $0.name == "ours" })
    #expect(ours.points.last?.cumulative == 0.5)
    let episode = try #require(judgement.episodes().first)
    #expect(abs((episode.shortfallUSD.first ?? 0) - 0.01 * headline) < 1e-9)
  }

  @Test func `a size between two is taken for the nearer one`() throws {
    let series = try judgement(headline: 4_000).series()
    #expect(series.first?.losses == [0.01, 0.02])
  }
}
