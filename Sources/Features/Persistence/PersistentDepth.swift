import Checkpoints
import Markets

/// Depth that stayed: at each price the smallest size over the window, summed over the main band.
struct PersistentDepth: FeatureExtractor {
  static let family = FeatureFamily.persistence

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    return configuration.windows.map { window in
      define(
        "persistent_depth_\(band)_\(window)", unit: Unit.amount, direction: .decreasing,
        "Sum over the own-side prices within \(band) of the present mid of price times the smallest size displayed "
          + "there in the last \(window), zero where a snapshot with a mid did not show the price.")
    }
  }

  private let band: Double
  private var bids: LevelMinima
  private var asks: LevelMinima
  private var sums: BySide<[Double]>

  init(configuration: FeatureConfiguration) {
    band = configuration.mainBand.fraction
    bids = LevelMinima(side: .sell)
    asks = LevelMinima(side: .buy)
    let zeros = [Double](repeating: 0, count: configuration.windows.count)
    sums = BySide(sell: zeros, buy: zeros)
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard let mid = state.mid else { return row.writeUndefined(count: state.windows.count) }
    bids.observe(snapshot.book.bids, in: state.windows)
    asks.observe(snapshot.book.asks, in: state.windows)
    bids.sum(to: mid * (1 - band), in: state.windows, into: &sums.sell)
    asks.sum(to: mid * (1 + band), in: state.windows, into: &sums.buy)
    for window in sums.sell.indices {
      row.write(sell: logAmount(sums.sell[window]), buy: logAmount(sums.buy[window]))
    }
  }
}

extension PersistentDepth: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&bids)
    try archive.exchange(&asks)
  }
}
