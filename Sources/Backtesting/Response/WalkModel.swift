import Markets
import Sampling

/// A random walk with the volatility and the sweep costs of a recorded market's tuning period.
struct WalkModel: Sendable {
  /// The number of steps that a loss looks ahead.
  static let horizonSteps = 4

  /// The market whose name it keeps.
  let market: MarketName
  /// The standard deviation of a step's return.
  private let deviation: Double
  private let costs: BySide<[Double]>
  private let stream: UInt64

  /// The model of a market; nil where its tuning period shows no volatility.
  init?(like market: ReplayedMarket, in replay: Replay, stream: UInt64) {
    let tuning = market.points[..<market.judgedStart]
    let scales = VolatilityScale.values(
      of: Array(tuning), halfLife: Regime.halfLife, horizon: replay.informationSpan)
    guard let median = SortedSample(scales).quantile(0.5) else { return nil }
    self.market = market.market
    deviation = median / Double(Self.horizonSteps).squareRoot()
    costs = BySide { side in
      replay.notionals.indices.map { size in
        let shown = tuning.map { $0.sides[side].sweepCosts }.filter { $0.indices.contains(size) }.map { $0[size] }
        return SortedSample(shown).quantile(0.5) ?? 0
      }
    }
    self.stream = stream
  }

  /// The points of one seeded path from the first instant on.
  func points(
    every step: TimeSpan, until end: Timestamp, doublingAt doubling: Timestamp, seed: UInt64
  ) -> [ReplayPoint] {
    var generator = SeededGenerator(seed: seed, stream: stream)
    var times = [Timestamp(nanoseconds: 0)]
    var mids = [100.0]
    while let time = times.last, let mid = mids.last, time + step < end {
      let scale = time >= doubling ? 2 * deviation : deviation
      times.append(time + step)
      mids.append(mid * max(0.01, 1 + scale * generator.normal()))
    }
    return times.indices.map { index in
      ReplayPoint(
        time: times[index], mid: mids[index],
        sides: BySide { side in
          ReplaySide(
            depth: 1, probability: nil, fixedLosses: [], adaptiveLosses: [], sweepCosts: costs[side],
            losses: losses(after: index, side, mids: mids))
        })
    }
  }

  /// The worst of the next steps' moves and the sweep cost; NaN where the path ends before.
  private func losses(after index: Int, _ side: LiquidationSide, mids: [Double]) -> [Double] {
    let end = index + Self.horizonSteps
    guard end < mids.count else { return costs[side].map { _ in .nan } }
    let worst = ((index + 1)...end).map { side.sign * (1 - mids[$0] / mids[index]) }.max() ?? 0
    return costs[side].map { worst + $0 }
  }
}
