import Markets

/// A scan range for the move of the price plus a liquidity add-on for the state of the book, as in SPAN.
///
/// The scan range of each market, side and size is the quantile, in the tuning period, of the loss less the sweep cost at
/// its origin, which stands for the drift of the price; the add-on is the sweep cost of the instant. The margin is never
/// below half of the static policy's for the same market, side and size: the floor. A market without a known loss in the
/// tuning period is asked for its full notional. Source: CME Group, "CME SPAN: Standard Portfolio Analysis of Risk" (2019).
public struct SPANLikePolicy: CompetingPolicy {
  /// `span-like`.
  public let name = "span-like"
  /// What it is, in one sentence.
  public let summary: String
  private let scans: [MarketName: Scan]

  private struct Scan {
    let ranges: BySide<[Double]>
    let floors: BySide<[Double]>
  }

  /// The policy whose margins cover a share `target` of the losses of the tuning period.
  public static func tuned(on replay: Replay, target: Double) -> SPANLikePolicy {
    var scans: [MarketName: Scan] = [:]
    for market in replay.markets {
      let losses = MaturedLosses.forTuning(of: market, in: replay)
      let costs = SweepCosts(of: market, in: replay)
      let ranges = losses.quantiles(target) { point, side, size, loss in
        loss - costs.cost(at: point, side, size: size)
      }
      guard let ranges, let whole = losses.quantiles(target, of: { $3 }) else { continue }
      scans[market.market] = Scan(ranges: ranges, floors: BySide { side in whole[side].map { $0 / 2 } })
    }
    return SPANLikePolicy(
      summary: "The \(target) quantile of the tuning period's losses less sweep cost, plus the current sweep cost, "
        + "and at least half of the static margin.",
      scans: scans)
  }

  private init(summary: String, scans: [MarketName: Scan]) {
    self.summary = summary
    self.scans = scans
  }

  /// The margins at the sweep cost of each judged point.
  public func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath {
    guard let scan = scans[market.market] else { return MarginPath(of: market, in: replay) { _, _, _ in 1 } }
    let costs = SweepCosts(of: market, in: replay)
    return MarginPath(of: market, in: replay) { point, side, size in
      max(scan.floors[side][size], scan.ranges[side][size] + costs.cost(at: point, side, size: size))
    }
  }
}
