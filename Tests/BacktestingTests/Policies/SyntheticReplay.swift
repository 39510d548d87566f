import Backtesting
import Markets
import Sampling
import Testing

/// Replays of a random walk whose volatility trebles half-way through the judged period.
enum SyntheticReplay {
  static let step = TimeSpan.minutes(30)
  static let horizonSteps = 4
  static let notionals = [10_000.0, 100_000]
  static let judgedStart = 288

  static func make(seed: UInt64 = 1) throws -> Replay {
    try make(markets: ["A", "B"].enumerated().map { ($1, try points(seed: seed, stream: UInt64($0))) })
  }

  static func make(markets: [(name: String, points: [ReplayPoint])]) throws -> Replay {
    let judgedFrom = time(judgedStart)
    return Replay(
      provenance: .simulated, notionals: notionals, informationSpan: .hours(2), judgedFrom: judgedFrom,
      markets: try markets.map { name, points in
        ReplayedMarket(market: try #require(MarketName(name)), points: points, judgedFrom: judgedFrom)
      })
  }

  static func time(_ index: Int) -> Timestamp {
    Timestamp(nanoseconds: 0) + TimeSpan(nanoseconds: Int64(index) * step.nanoseconds)
  }

  private static func points(seed: UInt64, stream: UInt64) throws -> [ReplayPoint] {
    var generator = SeededGenerator(seed: seed, stream: stream)
    let count = 480
    var mids = [100.0]
    for index in 1..<count {
      let volatility = index < 380 ? 0.002 : 0.006
      mids.append(mids[index - 1] * (1 + volatility * generator.normal()))
    }
    return (0..<count).map { index in
      let sides = BySide { side in
        let costs = notionals.map { $0 / 1e8 * (1 + generator.uniform()) }
        let end = index + horizonSteps
        let thin = index > judgedStart && generator.happens(withProbability: 0.1)
        let known = end < count && !generator.happens(withProbability: 0.05)
        return Self.side(
          sweepCosts: thin ? [costs[0], .nan] : costs,
          losses: costs.map { known ? side.sign * (1 - mids[end] / mids[index]) + $0 : .nan })
      }
      return ReplayPoint(time: time(index), mid: mids[index], sides: sides)
    }
  }

  static func side(sweepCosts: [Double], losses: [Double]) -> ReplaySide {
    ReplaySide(
      depth: 1, probability: nil, fixedLosses: [], adaptiveLosses: [], sweepCosts: sweepCosts, losses: losses)
  }

  /// Every market's points, changed.
  static func changing(
    _ replay: Replay, _ change: (_ points: [ReplayPoint]) -> [ReplayPoint]
  ) throws -> Replay {
    try make(markets: replay.markets.map { ($0.market.text, change($0.points)) })
  }
}
