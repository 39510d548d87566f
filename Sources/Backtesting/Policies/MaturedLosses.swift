internal import Learning
package import Markets

/// A market's losses as they become known: the only door through which a competing policy sees a loss.
///
/// The loss of a point is known once its information span has ended, at `time + informationSpan`.
package struct MaturedLosses: Sendable {
  private let points: [ReplayPoint]
  private let informationSpan: TimeSpan
  private let sizes: Int
  /// The positions of the points whose losses are known so far.
  package private(set) var known = 0..<0

  /// A cursor before the first point.
  package init(of market: ReplayedMarket, in replay: Replay) {
    points = market.points
    informationSpan = replay.informationSpan
    sizes = replay.notionals.count
  }

  /// What tuning may use: the losses of points before the first judged instant that are known by then.
  package static func forTuning(of market: ReplayedMarket, in replay: Replay) -> MaturedLosses {
    var losses = MaturedLosses(of: market, in: replay)
    losses.advance(to: replay.judgedFrom)
    losses.known = losses.known.clamped(to: 0..<market.judgedStart)
    return losses
  }

  /// Moves on to an instant and returns the positions whose losses became known on the way; never moves back.
  @discardableResult
  package mutating func advance(to instant: Timestamp) -> Range<Int> {
    let start = known.upperBound
    var end = start
    while end < points.count, points[end].time + informationSpan <= instant { end += 1 }
    known = 0..<end
    return start..<end
  }

  /// The loss of a point as a fraction of notional; NaN where it is not known yet or never was.
  package func loss(of point: Int, _ side: LiquidationSide, size: Int) -> Double {
    guard known.contains(point) else { return .nan }
    let losses = points[point].sides[side].losses
    return losses.indices.contains(size) ? losses[size] : .nan
  }

  /// The quantile of a statistic of the known losses for each side and size; nil where a side has none.
  ///
  /// A size without a known loss takes the largest value of its side.
  package func quantiles(
    _ level: Double, of statistic: (_ point: Int, _ side: LiquidationSide, _ size: Int, _ loss: Double) -> Double
  ) -> BySide<[Double]>? {
    var cells = BySide<[Double]>(sell: [], buy: [])
    for side in LiquidationSide.allCases {
      let found = (0..<sizes).map { size in
        let values = known.map { statistic($0, side, size, loss(of: $0, side, size: size)) }
        return SortedSample(values).quantile(level)
      }
      guard let largest = found.compactMap({ $0 }).max() else { return nil }
      cells[side] = found.map { $0 ?? largest }
    }
    return cells
  }

  /// The summed pinball loss of margins at the known losses.
  package func pinball(
    _ level: Double, of margin: (_ point: Int, _ side: LiquidationSide, _ size: Int) -> Double
  ) -> Double {
    var sum = 0.0
    for side in LiquidationSide.allCases {
      for size in 0..<sizes {
        for point in known {
          let asked = margin(point, side, size)
          let pinball = PinballLoss.value(
            prediction: asked < 0 ? 0 : asked, target: loss(of: point, side, size: size), level: level)
          if !pinball.isNaN { sum += pinball }
        }
      }
    }
    return sum
  }
}
