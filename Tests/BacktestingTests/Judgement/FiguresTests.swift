import Backtesting
import Markets
import Testing
import Validation

struct FiguresTests {
  let market = JudgedMarket(losses: [0.01, 0.03, .nan, 0.02, -0.01])
  let flat = [0.02, 0.02, 0.02, 0.02, 0.02]

  @Test func `figures count both sides of every known loss`() throws {
    let report = try #require(market.judgement(ours: flat, theirs: flat).policies().first)
    let all = try #require(report.groups.first)
    #expect(all.rows == 8)
    #expect(all.exceedances == 2)
    #expect(all.coverage.value == 0.75)
    #expect(abs((all.meanMargin.value ?? 0) - 0.02) < 1e-12)
    #expect(abs(all.shortfallUSD - 20) < 1e-9)
    #expect(abs((all.meanShortfall.value ?? 0) - 0.02 / 8) < 1e-12)
    #expect(
      report.groups.map(\.group.name)
        == ["all", "A", "A sell", "A buy", "sell", "buy", "calm", "stress", "1000", "A 1000"])
  }

  @Test func `trials lie at least one information span apart`() throws {
    let judgement = market.judgement(ours: flat, theirs: flat, span: .minutes(90))
    let tests = try #require(judgement.policies().first?.tests.first)
    #expect(tests.trials == 4)
    #expect(tests.trafficLight == "0 of 4")
    #expect(tests.results.map(\.test) == ["[[false, false], [false, false]]", "expected-shortfall-z2"])
  }

  @Test func `margins' moves are worked out by hand`() throws {
    let market = JudgedMarket(losses: [0, 0, 0, 0], hours: [0, 1, 3, 24])
    let judgement = market.judgement(ours: [0.02, 0.01, 0.04, 0.05], theirs: [0, 0, 0, 0])
    let moves = try #require(judgement.policies().first?.procyclicality.first)
    #expect(abs(moves.peakToTrough - 5) < 1e-12)
    #expect(moves.rise1h == 0)
    #expect(abs(moves.rise1d - 0.04) < 1e-12)
    #expect(abs(moves.rise30d - 0.04) < 1e-12)
    #expect(moves.changesPerDay == 3)
    #expect(abs(moves.marginCallUSD - 80) < 1e-9)
  }

  @Test func `exceedances closer than six hours are one episode`() {
    let market = JudgedMarket(losses: [0.03, 0.05, 0.04], hours: [0, 5, 11])
    let episodes = market.judgement(ours: [0.02, 0.02, 0.02], theirs: [1, 1, 1]).episodes()
    #expect(episodes.count == 4)
    #expect(episodes.first?.worstLoss == 0.05)
    #expect(episodes.first?.end == Timestamp(nanoseconds: 0) + .hours(5))
    #expect(abs((episodes.first?.shortfallUSD.first ?? 0) - 40) < 1e-9)
    #expect(episodes.first?.marginAtStart == [0.02, 1])
  }

  @Test func `coverage is by day, rolling and since the start`() throws {
    let market = JudgedMarket(losses: [1, 0, 0], hours: [0, 24, 24 * 14])
    let curves = market.judgement(ours: [0, 0, 0], theirs: [0, 0, 0]).coverage()
    #expect(curves.map(\.name) == ["fixed", "fixed", "ours", "ours"])
    let points = try #require(curves.first).points
    #expect(points.map(\.day).prefix(2) == ["1970-01-01", "1970-01-02"])
    #expect(points.last?.rolling == 1)
    #expect(points.last?.cumulative == 2.0 / 3)
  }

  @Test func `series have a column for each policy and nil for an unknown loss`() throws {
    let series = try #require(market.judgement(ours: flat, theirs: flat).series().first)
    #expect(series.losses == [0.01, 0.03, nil, 0.02, -0.01])
    #expect(series.margins == [flat, flat])
  }

  @Test func `nothing to judge gives nothing`() {
    let judgement = JudgedMarket(losses: []).judgement(ours: [], theirs: [])
    #expect(judgement.policies().first?.groups.first?.coverage.value == nil)
    #expect(judgement.policies().first?.tests.isEmpty == true)
    #expect(judgement.comparisons().first?.marginSaved.value == nil)
    #expect(judgement.frontiers().flatMap(\.points).isEmpty)
    #expect(judgement.coverage().isEmpty && judgement.episodes().isEmpty && judgement.series().isEmpty)
  }
}
