import Markets

/// A margin that follows exponentially weighted volatility, as RiskMetrics has it.
///
/// `margin = factor · σ_h + add-on`: `σ_h` is the volatility of mid returns scaled to the information span, and the factor
/// of each market, side and size the quantile of `(loss − add-on) / σ_h` in the tuning period. Half-life and whether the
/// current sweep cost is added are chosen for each market by pinball loss. A market without a known loss in the tuning
/// period is asked for its full notional. Source: J.P. Morgan, "RiskMetrics: Technical Document" (1996).
public struct EWMAPolicy: CompetingPolicy {
  /// `ewma`.
  public let name = "ewma"
  /// What it is, in one sentence.
  public let summary: String
  private let fits: [MarketName: ScaleFit]

  /// The policy whose margins cover a share `target` of the losses of the tuning period.
  public static func tuned(on replay: Replay, target: Double) -> EWMAPolicy {
    var fits: [MarketName: ScaleFit] = [:]
    var settings: [String] = []
    for market in replay.markets {
      let fit = ScaleFit.best(of: market, in: replay, target: target, addOns: [.nothing, .sweepCost])
      fits[market.market] = fit
      if let fit { settings.append("\(market.market) half-life \(fit.halfLife) \(fit.addOn.rawValue)") }
    }
    return EWMAPolicy(
      summary: "A factor times EWMA volatility, covering \(target) of the tuning period: "
        + "\(settings.joined(separator: ", ")).",
      fits: fits)
  }

  private init(summary: String, fits: [MarketName: ScaleFit]) {
    self.summary = summary
    self.fits = fits
  }

  /// The margins at the volatility and sweep cost of each judged point.
  public func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath {
    guard let fit = fits[market.market] else { return MarginPath(of: market, in: replay) { _, _, _ in 1 } }
    let costs = SweepCosts(of: market, in: replay)
    let scales = VolatilityScale.values(
      of: market.points, halfLife: fit.halfLife, horizon: replay.informationSpan)
    return MarginPath(of: market, in: replay) { point, side, size in
      let added = fit.addOn == .nothing ? 0 : costs.cost(at: point, side, size: size)
      return fit.factors[side][size] * scales[point] + added
    }
  }
}
