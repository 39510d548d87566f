import Checkpoints
import Markets

/// How the depth of the other markets, and of all together, stands.
struct OthersDepth: CrossMarketFeatureExtractor, Memoryless {
  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    let longest = configuration.longestWindow
    let relative = "log depth within \(band) less its median over the last \(longest)"
    let own = [
      define(
        "others_depth_to_median_\(band)", unit: Unit.logRatio, direction: .decreasing,
        "Mean over the other markets, same side, of \(relative)."),
      define(
        "others_weakest_depth_to_median_\(band)", unit: Unit.logRatio, direction: .decreasing,
        "Smallest over the other markets, same side, of \(relative)."),
      define(
        "low_depth_market_share_\(band)", unit: Unit.fraction, direction: .increasing,
        "Share of the markets, this one included, whose same-side log depth within \(band) is more than two standard "
          + "deviations below its mean over the last \(longest)."),
    ]
    return own
      + configuration.windows.flatMap { window in
        configuration.thinMultiples.map { multiple in
          let percent = FeatureConfiguration.label(ofMultiple: multiple)
          return define(
            "system_thin_share_\(percent)_\(band)_\(window)", unit: Unit.fraction, direction: .increasing,
            "Mean over all markets and both sides of the share of snapshots in the last \(window) with depth within "
              + "\(band) below \(percent) % of its median over the \(longest) before.")
        }
      }
  }

  private let windowCount: Int
  private let multipleCount: Int
  private let freshness: TimeSpan
  /// Sums under construction, kept for their memory.
  private var thin: [SIMD4<Double>]

  init(configuration: FeatureConfiguration) {
    windowCount = configuration.windows.count
    multipleCount = configuration.thinMultiples.count
    freshness = configuration.tolerances.freshness
    thin = [SIMD4<Double>](repeating: .zero, count: windowCount)
  }

  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter) {
    var others = BySide(sell: Distances(), buy: Distances())
    var low = BySide(sell: Mean(), buy: Mean())
    for window in thin.indices { thin[window] = .zero }
    var thinCount = 0.0
    for market in state.readings.indices {
      guard let reading = state.reading(of: market, at: arrival.time, within: freshness) else { continue }
      if market != arrival.market {
        others.sell.add(reading.depthToMedian.sell)
        others.buy.add(reading.depthToMedian.buy)
      }
      low.sell.add(reading.depthScore.sell < -2 ? 1 : 0)
      low.buy.add(reading.depthScore.buy < -2 ? 1 : 0)
      for window in thin.indices {
        thin[window] += reading.windows[window].thinShares
      }
      thinCount += 2
    }
    row.write(sell: others.sell.mean.value, buy: others.buy.mean.value)
    row.write(sell: others.sell.smallest, buy: others.buy.smallest)
    row.write(sell: low.sell.value, buy: low.buy.value)
    for window in thin.indices {
      for lane in 0..<multipleCount { row.write(thinCount > 0 ? thin[window][lane] / thinCount : undefined) }
    }
  }
}

/// Mean and minimum of numbers.
private struct Distances {
  var mean = Mean()
  private var minimum = Double.infinity

  mutating func add(_ value: Double) {
    mean.add(value)
    minimum = min(minimum, value)
  }

  /// NaN of no numbers.
  var smallest: Double { mean.count > 0 ? minimum : undefined }
}
