package import Markets

/// What a scaled margin adds for the state of the book.
package enum LiquidityAddOn: String, Sendable {
  /// Nothing.
  case nothing = "no add-on"
  /// The cost of sweeping the book of the instant.
  case sweepCost = "plus the sweep cost"
}

/// A margin of `factor · scale + add-on` as it fits one market's tuning period.
package struct ScaleFit: Sendable {
  /// The half-lives to choose from.
  package static let halfLives: [TimeSpan] = [
    .minutes(15), .hours(1), .hours(4), .hours(12), .days(1), .days(3), .days(7), .days(30),
  ]

  /// The half-life of the volatility.
  package let halfLife: TimeSpan
  /// What is added.
  package let addOn: LiquidityAddOn
  /// The factor of each side and size.
  package let factors: BySide<[Double]>

  /// The fit of least pinball loss, the first of equals; nil when the tuning period holds no known loss.
  ///
  /// Each candidate's factors are the quantiles of `(loss − add-on) / scale`, so that each covers its target.
  package static func best(
    of market: ReplayedMarket, in replay: Replay, target: Double, addOns: [LiquidityAddOn]
  ) -> ScaleFit? {
    let losses = MaturedLosses.forTuning(of: market, in: replay)
    let tuning = Array(market.points[..<losses.known.upperBound])
    let costs = SweepCosts(of: market, in: replay)
    var best: (fit: ScaleFit, pinball: Double)?
    for halfLife in halfLives {
      let scales = VolatilityScale.values(of: tuning, halfLife: halfLife, horizon: replay.informationSpan)
      for addOn in addOns {
        let added = { (point: Int, side: LiquidationSide, size: Int) in
          addOn == .nothing ? 0 : costs.cost(at: point, side, size: size)
        }
        let factors = losses.quantiles(target) { point, side, size, loss in
          (loss - added(point, side, size)) / scales[point]
        }
        guard let factors else { continue }
        let pinball = losses.pinball(target) { point, side, size in
          factors[side][size] * scales[point] + added(point, side, size)
        }
        if pinball < best?.pinball ?? .infinity {
          best = (ScaleFit(halfLife: halfLife, addOn: addOn, factors: factors), pinball)
        }
      }
    }
    return best?.fit
  }
}
