import Checkpoints

/// The path of the log mid over a run of snapshots.
struct PricePath: WindowSummary {
  var first: Double
  var last: Double
  var high: Double
  var low: Double
  /// Σ r².
  var squared = 0.0
  /// Σ r² over falls and over rises.
  var squaredFalls = 0.0
  var squaredRises = 0.0
  /// Σ |r_i| |r_{i+1}|.
  var bipower = 0.0
  /// |r| of the first and of the last step; zero without any.
  var firstStep = 0.0
  var lastStep = 0.0
  var stepCount = 0

  init(_ logMid: Double) {
    first = logMid
    last = logMid
    high = logMid
    low = logMid
  }

  func joined(with later: PricePath) -> PricePath {
    let step = later.first - last
    let size = abs(step)
    var path = self
    path.last = later.last
    path.high = max(high, later.high)
    path.low = min(low, later.low)
    path.squared = squared + step * step + later.squared
    path.squaredFalls = squaredFalls + (step < 0 ? step * step : 0) + later.squaredFalls
    path.squaredRises = squaredRises + (step > 0 ? step * step : 0) + later.squaredRises
    path.bipower = bipower + lastStep * size + size * later.firstStep + later.bipower
    path.firstStep = stepCount > 0 ? firstStep : size
    path.lastStep = later.stepCount > 0 ? later.lastStep : size
    path.stepCount = stepCount + 1 + later.stepCount
    return path
  }

  var logReturn: Double { last - first }
}

/// The history of a market's mid.
struct PriceHistory: Sendable {
  /// ln of the newest mid.
  private(set) var logMid = undefined
  /// The path in each window; nil while it holds no snapshot.
  private(set) var summaries: [PricePath?]
  private var aggregate: SlidingAggregate<PricePath>

  init(windowCount: Int) {
    summaries = [PricePath?](repeating: nil, count: windowCount)
    aggregate = SlidingAggregate(windowCount: windowCount)
  }

  mutating func append(mid: Double, _ windows: TimeWindows) {
    logMid = naturalLog(mid)
    aggregate.append(logMid, in: windows)
    advance(windows)
  }

  mutating func advance(_ windows: TimeWindows) {
    for window in summaries.indices { summaries[window] = aggregate.summary(of: window, in: windows) }
  }

  /// The log return in a window; NaN without a step.
  func logReturn(of window: Int) -> Double {
    guard let path = summaries[window], path.stepCount > 0 else { return undefined }
    return path.logReturn
  }

  /// The realised volatility in a window as `ln(1 + bp per √hour)`; NaN without a step that takes time.
  func volatility(of window: Int, _ windows: TimeWindows) -> Double {
    guard let path = summaries[window], path.stepCount > 0 else { return undefined }
    return logVolatility(variance: path.squared, seconds: windows.duration(of: window))
  }
}

extension PriceHistory: Resumable {
  /// The summaries are made anew by the next snapshot before anything reads them.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&logMid)
    try archive.exchange(&aggregate)
  }
}
