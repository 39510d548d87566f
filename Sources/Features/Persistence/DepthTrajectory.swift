import Checkpoints
import Markets

/// How the depth in the main band moved in each window.
struct DepthTrajectory: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.persistence

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    let depth = "log own depth within \(band)"
    return configuration.windows.flatMap { window in
      [
        define(
          "depth_minimum_\(band)_\(window)", unit: Unit.amount, direction: .decreasing,
          "Smallest \(depth) over the last \(window)."),
        define(
          "depth_median_\(band)_\(window)", unit: Unit.amount, direction: .decreasing,
          "Median \(depth) over the snapshots of the last \(window)."),
        define(
          "depth_quantile10_\(band)_\(window)", unit: Unit.amount, direction: .decreasing,
          "10 % quantile of \(depth) over the snapshots of the last \(window), interpolated linearly."),
        define(
          "depth_mean_\(band)_\(window)", unit: Unit.amount, direction: .decreasing,
          "Mean \(depth) over the snapshots of the last \(window)."),
        define(
          "depth_drawdown_\(band)_\(window)", unit: Unit.logRatio, direction: .increasing,
          "Largest \(depth) over the last \(window) less the present one."),
        define(
          "depth_change_\(band)_\(window)", unit: Unit.logRatio, direction: .decreasing,
          "Present \(depth) less the first one in the last \(window); undefined for a single snapshot."),
        define(
          "depth_volatility_\(band)_\(window)", unit: Unit.logarithm, direction: .increasing,
          "Log of 0.02 plus the sample standard deviation of \(depth) over the snapshots of the last \(window)."),
        define(
          "depth_score_\(band)_\(window)", unit: Unit.deviations, direction: .decreasing,
          "Present \(depth) less its mean over the last \(window), in standard deviations; undefined without a spread."),
      ]
    }
  }

  init(configuration: FeatureConfiguration) {}

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    for window in 0..<state.windows.count {
      let start = row.count
      row.writeUndefined(count: 8)
      Self.write(state.depthHistory.sell, .sell, window, state, at: start, into: &row)
      Self.write(state.depthHistory.buy, .buy, window, state, at: start, into: &row)
    }
  }

  private static func write(
    _ history: borrowing DepthHistory, _ side: LiquidationSide, _ window: Int, _ state: borrowing MarketState,
    at start: Int, into row: inout RowWriter
  ) {
    guard let moments = history.moments[window] else { return }
    row.set(start, side, moments.minimum)
    row.set(start + 1, side, history.medians[window])
    row.set(start + 2, side, history.quantile(0.1, of: window))
    row.set(start + 3, side, moments.mean)
    row.set(start + 6, side, naturalLog(0.02 + moments.standardDeviation))
    if state.mid == nil { return }
    row.set(start + 4, side, moments.maximum - history.logDepth)
    if moments.count > 1 { row.set(start + 5, side, history.logDepth - history.first(of: window, state.windows)) }
    row.set(start + 7, side, history.score(in: window))
  }
}
