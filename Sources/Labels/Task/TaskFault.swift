public import Markets

/// Why a prediction task is not well defined.
public enum TaskFault: Error, Hashable, Sendable {
  /// The band is not above 0 and at most 10,000 bp.
  case band(BasisPoints)
  /// The horizon is not above zero.
  case horizon(TimeSpan)
  /// The latency is below zero.
  case latency(TimeSpan)
  /// Latency and horizon together pass the representable range.
  case reachesTooFar(latency: TimeSpan, horizon: TimeSpan)
  /// The share of time is not above 0 and at most 1.
  case occupancy(Double)
  /// The fraction of the median depth is not a finite number above zero.
  case relativeThreshold(Double)
  /// No market has a threshold.
  case noThresholds
  /// A market's threshold is not a finite number above zero.
  case absoluteThreshold(MarketName, LiquidationSide, Double)
  /// Fewer than one snapshot is asked for.
  case minimumSnapshots(Int)
  /// The longest tolerated gap is not above zero.
  case maximumGap(TimeSpan)
  /// The liquidation's notional is not a finite number above zero.
  case notional(Double)
  /// The reach of the sweep is not above 0 and at most 10,000 bp.
  case reach(BasisPoints)
  /// The liquidation fee is not a fraction from 0 to below 1.
  case fee(Double)
}

extension TaskFault: CustomStringConvertible {
  /// The fault in words, naming the wrong value.
  public var description: String {
    switch self {
    case .band(let band): "the band is \(band); it must be above 0bp and at most 10000bp"
    case .horizon(let horizon): "the horizon is \(horizon); it must be above zero"
    case .latency(let latency): "the latency is \(latency); it must not be negative"
    case .reachesTooFar(let latency, let horizon):
      "latency \(latency) and horizon \(horizon) together pass the range of time"
    case .occupancy(let share): "the share of time is \(share); it must be above 0 and at most 1"
    case .relativeThreshold(let fraction): "the fraction of the median is \(fraction); it must be above zero"
    case .noThresholds: "no market has a depth threshold"
    case .absoluteThreshold(let market, let side, let depth):
      "the \(side.rawValue) threshold of \(market) is \(depth); it must be above zero"
    case .minimumSnapshots(let count): "the fewest snapshots are \(count); at least 1 is needed"
    case .maximumGap(let gap): "the longest gap is \(gap); it must be above zero"
    case .notional(let notional): "the notional is \(notional); it must be above zero"
    case .reach(let reach): "the reach is \(reach); it must be above 0bp and at most 10000bp"
    case .fee(let fee): "the fee is \(fee); it must be from 0 to below 1"
    }
  }
}
