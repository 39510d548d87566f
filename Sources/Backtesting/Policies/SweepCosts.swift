package import Markets

/// The sweep costs of a market, with a stated value where the book shows none.
///
/// Where a book is too thin to fill the size, the cost is taken as the largest that the tuning period showed for that
/// side and size, and as 0 when it showed none.
package struct SweepCosts: Sendable {
  private let points: [ReplayPoint]
  private let largest: BySide<[Double]>

  /// Reads a market's costs; only points before the first judged one set the value for thin books.
  package init(of market: ReplayedMarket, in replay: Replay) {
    points = market.points
    let tuning = market.points[..<market.judgedStart]
    largest = BySide { side in
      replay.notionals.indices.map { size in
        tuning.reduce(0) { largest, point in
          let costs = point.sides[side].sweepCosts
          return costs.indices.contains(size) && costs[size] > largest ? costs[size] : largest
        }
      }
    }
  }

  /// The cost at a point as a fraction of notional.
  package func cost(at point: Int, _ side: LiquidationSide, size: Int) -> Double {
    let costs = points[point].sides[side].sweepCosts
    return costs.indices.contains(size) && !costs[size].isNaN ? costs[size] : largest[side][size]
  }
}
