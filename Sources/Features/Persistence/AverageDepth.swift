import Checkpoints
import Markets

/// Exponentially weighted averages of the log depth in the main band.
struct AverageDepth: FeatureExtractor {
  static let family = FeatureFamily.persistence

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    return [("fast", configuration.halfLives.fast), ("slow", configuration.halfLives.slow)].map { pace, halfLife in
      define(
        "ewma_depth_\(band)_\(pace)", unit: Unit.amount, direction: .decreasing,
        "Average of log own depth within \(band), e ← w e + (1 − w) x with w halving every \(halfLife), begun at the "
          + "first depth.")
    }
  }

  private let halfLives: [Double]
  private var averages: [BySide<Double>]
  private var last: Timestamp?

  init(configuration: FeatureConfiguration) {
    halfLives = [configuration.halfLives.fast.seconds, configuration.halfLives.slow.seconds]
    averages = []
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard state.mid != nil else { return row.writeUndefined(count: halfLives.count) }
    let depth = BySide(sell: state.depthHistory.sell.logDepth, buy: state.depthHistory.buy.logDepth)
    if let last {
      let elapsed = (snapshot.time - last).seconds
      for index in averages.indices {
        let weight = decay(over: elapsed, halfLife: halfLives[index])
        averages[index].sell += (1 - weight) * (depth.sell - averages[index].sell)
        averages[index].buy += (1 - weight) * (depth.buy - averages[index].buy)
      }
    } else {
      averages = halfLives.map { _ in depth }
    }
    last = snapshot.time
    for average in averages { row.write(average) }
  }
}

extension AverageDepth: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&last)
    try archive.exchange(&averages)
    guard averages.count == (last == nil ? 0 : halfLives.count) else {
      throw StateFault("the averages of depth are not one for each half-life")
    }
  }
}
