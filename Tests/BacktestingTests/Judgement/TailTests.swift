import Backtesting
import Markets
import Testing
import Validation

@Suite("Scores and tails of margins")
struct TailTests {
  /// Six hours of tuning, of which the first four are known by the seventh, then two judged losses of 1 % and 6 %.
  ///
  /// Of 1, 2, 3 and 4 % the level 1/2 takes the third: beyond 3 % the mean is 4 %, and the ratio 4/3.
  private let market = JudgedMarket(losses: [0.01, 0.02, 0.03, 0.04, 0.9, 0.9, 0.01, 0.06], judgedFrom: 6)

  private func comparison() throws -> PolicyComparison {
    let judgement = market.judgement(
      ours: [0.03, 0.03], theirs: [0.02, 0.05], target: 0.5, span: .hours(3))
    return try #require(judgement.comparisons().first)
  }

  @Test func `pinball losses of unscaled margins are worked out by hand`() throws {
    let pinball = try #require(try comparison().pinball)
    // Ours (0.02 + 0.03) / 4, theirs (0.01 + 0.01) / 4, each on both sides of one day.
    #expect(pinball.days == 1)
    #expect(abs(pinball.ours - 0.0125) < 1e-12)
    #expect(abs(pinball.theirs - 0.005) < 1e-12)
    #expect(pinball.statistic == nil)
  }

  @Test func `scores of the tail take the reach of the tuning period's losses`() throws {
    let tail = try #require(try comparison().tail)
    let forecasts = [(0.03, 0.01), (0.03, 0.06)].compactMap { margin, loss in
      TailForecast(quantile: margin, expectedShortfall: margin * 4 / 3, loss: loss)
    }
    let expected = forecasts.reduce(0) { $0 + FisslerZiegelScore.value($1, missRate: 0.5) } / 2
    #expect(abs(tail.ours - expected) < 1e-12)
  }

  @Test func `the test of expected shortfall looks at trials that do not overlap`() throws {
    let judgement = market.judgement(ours: [0.03, 0.03], theirs: [0.02, 0.05], target: 0.5, span: .hours(1))
    // With a span of one hour all six are known: beyond the fourth, 4 %, the mean is 90 %.
    let policies = judgement.policies()
    let result = try #require(policies.first?.tests.first?.results.last)
    #expect(result.test == "expected-shortfall-z2")
    let shortfall = 0.03 * (0.9 / 0.04)
    // Both sides of two trials, of which one on each side lies beyond the margin.
    #expect(abs((result.statistic ?? 0) - (1 - 2 * 0.06 / shortfall / (4 * 0.5))) < 1e-12)
  }

  @Test func `the better forecaster has a statistic above zero`() throws {
    let losses = (0..<60).map { 0.01 + 0.001 * Double($0 % 7) }
    let days = JudgedMarket(losses: losses, hours: losses.indices.map { 24 * Int64($0) })
    let judgement = days.judgement(
      ours: losses, theirs: losses.enumerated().map { $1 + 0.001 * Double(1 + $0 % 3) })
    let pinball = try #require(judgement.comparisons().first?.pinball)
    #expect(pinball.days == 60)
    #expect(pinball.ours == 0)
    #expect(try #require(pinball.statistic) > 5)
    #expect(try #require(pinball.pValue) < 0.001)
  }

  @Test func `without a tuning period or without rows there is nothing to score`() {
    let judgement = JudgedMarket(losses: [0.01, 0.02]).judgement(ours: [0.01, 0.01], theirs: [0.02, 0.02])
    #expect(judgement.comparisons().first?.tail == nil)
    #expect(judgement.comparisons().first?.pinball != nil)
    #expect(JudgedMarket(losses: []).judgement(ours: [], theirs: []).comparisons().first?.pinball == nil)
  }
}
