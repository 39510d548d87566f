import Checkpoints
import Markets

/// How much of the past the book was thin, and how long ago that was.
struct ThinTime: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.persistence

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    let longest = configuration.longestWindow
    let counts = configuration.windows.flatMap { window in
      configuration.thinMultiples.map { multiple in
        let percent = FeatureConfiguration.label(ofMultiple: multiple)
        return define(
          "thin_share_\(percent)_\(band)_\(window)", unit: Unit.fraction, direction: .increasing,
          "Share of the snapshots in the last \(window) with own depth within \(band) below \(percent) % of its median "
            + "over the \(longest) before.")
      }
    }
    let times = configuration.windows.flatMap { window in
      configuration.thinMultiples.map { multiple in
        let percent = FeatureConfiguration.label(ofMultiple: multiple)
        return define(
          "thin_time_share_\(percent)_\(band)_\(window)", unit: Unit.fraction, direction: .increasing,
          "Share of the time between the snapshots of the last \(window) that began with own depth within \(band) "
            + "below \(percent) % of its median over the \(longest) before.")
      }
    }
    return counts + times + [
      define(
        "time_since_halved_\(band)", unit: Unit.minutes, direction: .decreasing,
        "Time since own depth within \(band) was below half of its median over the \(longest) before, at most "
          + "\(longest), which also stands for never.")
    ]
  }

  private let multipleCount: Int
  private let longestWindow: Double

  init(configuration: FeatureConfiguration) {
    multipleCount = configuration.thinMultiples.count
    longestWindow = configuration.longestWindow.seconds
  }

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    for window in 0..<state.windows.count {
      let sell = state.depthHistory.sell.thinShares[window]
      let buy = state.depthHistory.buy.thinShares[window]
      for lane in 0..<multipleCount { row.write(sell: sell[lane], buy: buy[lane]) }
    }
    for window in 0..<state.windows.count {
      guard let sell = state.depthHistory.sell.thinTimeShares(of: window, state.windows),
        let buy = state.depthHistory.buy.thinTimeShares(of: window, state.windows)
      else {
        row.writeUndefined(count: multipleCount)
        continue
      }
      for lane in 0..<multipleCount { row.write(sell: sell[lane], buy: buy[lane]) }
    }
    row.write(
      sell: logMinutesSince(state.depthHistory.sell.lastHalved, at: snapshot.time),
      buy: logMinutesSince(state.depthHistory.buy.lastHalved, at: snapshot.time))
  }

  private func logMinutesSince(_ instant: Timestamp?, at time: Timestamp) -> Double {
    let elapsed = instant.map { max(0, (time - $0).seconds) } ?? longestWindow
    return naturalLogOfOnePlus(min(elapsed, longestWindow) / 60)
  }
}
