import Markets

/// One margin for each market, side and size that never changes: the quantile of the losses of the tuning period.
///
/// A market without a known loss in the tuning period is asked for its full notional.
public struct StaticPolicy: CompetingPolicy {
  /// `static`.
  public let name = "static"
  /// What it is, in one sentence.
  public let summary: String
  private let margins: [MarketName: BySide<[Double]>]

  /// The policy whose margins cover a share `target` of the losses of the tuning period.
  public static func tuned(on replay: Replay, target: Double) -> StaticPolicy {
    var margins: [MarketName: BySide<[Double]>] = [:]
    for market in replay.markets {
      margins[market.market] = MaturedLosses.forTuning(of: market, in: replay).quantiles(target) { $3 }
    }
    return StaticPolicy(
      summary: "The \(target) quantile of the tuning period's losses, per market, side and size.", margins: margins)
  }

  private init(summary: String, margins: [MarketName: BySide<[Double]>]) {
    self.summary = summary
    self.margins = margins
  }

  /// The same margins at every judged point.
  public func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath {
    let margins = margins[market.market]
    return MarginPath(of: market, in: replay) { margins?[$1][$2] ?? 1 }
  }
}
