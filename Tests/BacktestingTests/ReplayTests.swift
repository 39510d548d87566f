import Backtesting
import Markets
import Testing

struct ReplayTests {
  @Test func `a market's judged points start at the judged instant`() throws {
    let market = try #require(MarketName("A"))
    let side = ReplaySide(
      depth: 1, probability: nil, fixedLosses: [], adaptiveLosses: [], sweepCosts: [], losses: [])
    let points = (0..<5).map { (step: Int64) in
      ReplayPoint(
        time: Timestamp(nanoseconds: step), mid: 1, sides: BySide(sell: side, buy: side))
    }
    let replayed = ReplayedMarket(market: market, points: points, judgedFrom: Timestamp(nanoseconds: 2))
    #expect(replayed.judged == 2..<5)
  }
}
