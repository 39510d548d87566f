import Markets

/// A margin that grows with the square root of the position's size and never changes in time, as on Drift.
///
/// `margin(Q) = rate · max(1, 4/5 + growth · √(Q / largest Q))`: Drift's size premium with its size factor in units of the
/// rate. The rate of each market is scaled until its tuning period is covered, all sides and sizes together, and the growth
/// is chosen by pinball loss. A market without a known loss in the tuning period is asked for its full notional. Source:
/// https://github.com/drift-labs/protocol-v2/blob/master/programs/drift/src/math/margin.rs
public struct DriftSizePolicy: CompetingPolicy {
  /// `drift-sqrt-size`.
  public let name = "drift-sqrt-size"
  /// What it is, in one sentence.
  public let summary: String
  private let schedules: [MarketName: Schedule]

  private struct Schedule {
    let rate: Double
    let shape: [Double]
  }

  private static let growths: [Double] = [0, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 3, 5, 8]

  /// The policy whose margins cover a share `target` of the losses of each market's tuning period.
  public static func tuned(on replay: Replay, target: Double) -> DriftSizePolicy {
    var schedules: [MarketName: Schedule] = [:]
    var settings: [String] = []
    for market in replay.markets {
      let losses = MaturedLosses.forTuning(of: market, in: replay)
      var best: (schedule: Schedule, growth: Double, pinball: Double)?
      for growth in growths {
        let shape = shape(of: replay.notionals, growth: growth)
        guard let rate = rate(covering: target, losses: losses, shape: shape) else { continue }
        let pinball = losses.pinball(target) { rate * shape[$2] }
        if pinball < best?.pinball ?? .infinity {
          best = (Schedule(rate: rate, shape: shape), growth, pinball)
        }
      }
      schedules[market.market] = best?.schedule
      if let best { settings.append("\(market.market) growth \(best.growth)") }
    }
    return DriftSizePolicy(
      summary: "A rate that grows with the square root of size, covering \(target) of each market's tuning period: "
        + "\(settings.joined(separator: ", ")).",
      schedules: schedules)
  }

  private static func shape(of notionals: [Double], growth: Double) -> [Double] {
    let largest = notionals.max() ?? 1
    return notionals.map { max(1, 0.8 + growth * ($0 / largest).squareRoot()) }
  }

  private static func rate(covering target: Double, losses: MaturedLosses, shape: [Double]) -> Double? {
    var scaled: [Double] = []
    for side in LiquidationSide.allCases {
      for size in shape.indices {
        for point in losses.known { scaled.append(losses.loss(of: point, side, size: size) / shape[size]) }
      }
    }
    return SortedSample(scaled).quantile(target)
  }

  private init(summary: String, schedules: [MarketName: Schedule]) {
    self.summary = summary
    self.schedules = schedules
  }

  /// The same margins at every judged point and for both sides.
  public func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath {
    guard let schedule = schedules[market.market] else { return MarginPath(of: market, in: replay) { _, _, _ in 1 } }
    return MarginPath(of: market, in: replay) { schedule.rate * schedule.shape[$2] }
  }
}
