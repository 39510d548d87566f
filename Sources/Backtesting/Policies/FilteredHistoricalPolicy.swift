import Markets

/// Filtered historical simulation: the quantile of past losses in units of the volatility at their origin, times the
/// volatility of now.
///
/// The past grows: at the first judged point and at the first of each UTC day the losses that have become known join it.
/// The half-life of the volatility is chosen for each market by pinball loss in the tuning period. A market without a known
/// loss in the tuning period is asked for its full notional. Source: G. Barone-Adesi, K. Giannopoulos and L. Vosper, "VaR
/// without correlations for portfolios of derivative securities" (1999), Journal of Futures Markets 19(5).
public struct FilteredHistoricalPolicy: CompetingPolicy {
  /// `filtered-historical`.
  public let name = "filtered-historical"
  /// What it is, in one sentence.
  public let summary: String
  private let target: Double
  private let fits: [MarketName: ScaleFit]

  /// The policy that takes the `target` quantile of standardised losses.
  public static func tuned(on replay: Replay, target: Double) -> FilteredHistoricalPolicy {
    var fits: [MarketName: ScaleFit] = [:]
    var settings: [String] = []
    for market in replay.markets {
      let fit = ScaleFit.best(of: market, in: replay, target: target, addOns: [.nothing])
      fits[market.market] = fit
      if let fit { settings.append("\(market.market) half-life \(fit.halfLife)") }
    }
    return FilteredHistoricalPolicy(
      summary: "The \(target) quantile of all past standardised losses, updated daily, times EWMA volatility: "
        + "\(settings.joined(separator: ", ")).",
      target: target, fits: fits)
  }

  private init(summary: String, target: Double, fits: [MarketName: ScaleFit]) {
    self.summary = summary
    self.target = target
    self.fits = fits
  }

  /// The margins from the losses known at the start of each day and the volatility of each judged point.
  public func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath {
    guard let fit = fits[market.market] else { return MarginPath(of: market, in: replay) { _, _, _ in 1 } }
    let scales = VolatilityScale.values(
      of: market.points, halfLife: fit.halfLife, horizon: replay.informationSpan)
    let factors = dailyFactors(of: market, in: replay, scales: scales, start: fit.factors)
    let first = market.judgedStart
    return MarginPath(of: market, in: replay) { point, side, size in
      factors.tables[factors.table[point - first]][side][size] * scales[point]
    }
  }

  /// The tables of factors, one for each day, and for each judged point which of them holds.
  private func dailyFactors(
    of market: ReplayedMarket, in replay: Replay, scales: [Double], start: BySide<[Double]>
  ) -> (tables: [BySide<[Double]>], table: [Int]) {
    var losses = MaturedLosses(of: market, in: replay)
    var past = BySide { _ in replay.notionals.map { _ in SortedSample([]) } }
    var tables = [start]
    var table: [Int] = []
    var day: Int?
    for point in market.judged {
      let now = market.points[point].time
      if now.day != day {
        day = now.day
        let added = losses.advance(to: now)
        var factors = tables[tables.count - 1]
        for side in LiquidationSide.allCases {
          for size in replay.notionals.indices {
            past[side][size].insert(added.map { losses.loss(of: $0, side, size: size) / scales[$0] })
            factors[side][size] = past[side][size].quantile(target) ?? factors[side][size]
          }
        }
        tables.append(factors)
      }
      table.append(tables.count - 1)
    }
    return (tables, table)
  }
}
