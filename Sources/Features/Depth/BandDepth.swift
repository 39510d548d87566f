import Checkpoints
import Markets

/// Displayed notional near the mid: own side, other side, near to far, imbalance.
struct BandDepth: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.depth

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let main = configuration.mainBandLabel
    var list: [FeatureDefinition] = []
    for band in configuration.bands {
      list.append(
        define(
          "depth_\(band)", unit: Unit.amount, direction: .decreasing,
          "Notional displayed within \(band) of the mid on the side that the liquidation executes against."))
    }
    for band in configuration.bands {
      list.append(
        define(
          "opposite_depth_\(band)", unit: Unit.amount,
          "Notional displayed within \(band) of the mid on the other side."))
    }
    for band in configuration.bands {
      list.append(
        define(
          "imbalance_\(band)", unit: "fraction, −1 to 1", direction: .decreasing,
          "Own less opposite depth within \(band) over their sum; undefined where both are nothing."))
    }
    for (inner, outer) in zip(configuration.bands, configuration.bands.dropFirst()) {
      list.append(
        define(
          "annulus_depth_\(inner)_\(outer)", unit: Unit.amount, direction: .decreasing,
          "Own-side notional displayed between \(inner) and \(outer) from the mid."))
    }
    for band in configuration.bands.prefix(configuration.mainBandIndex) {
      list.append(
        define(
          "near_share_\(band)_\(main)", unit: Unit.fraction,
          "Own depth within \(band) as a share of own depth within \(main); undefined where the latter is nothing."))
    }
    return list
  }

  private let mainBandIndex: Int

  init(configuration: FeatureConfiguration) {
    mainBandIndex = configuration.mainBandIndex
  }

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    let sell = state.depths.sell
    let buy = state.depths.buy
    if state.mid == nil { return row.writeUndefined(count: 4 * sell.count - 1 + mainBandIndex) }
    let start = row.count
    for band in sell.indices { row.write(sell: logAmount(sell[band]), buy: logAmount(buy[band])) }
    for band in sell.indices { row.writeMirrored(start + band) }
    for band in sell.indices {
      let total = sell[band] + buy[band]
      row.write(signed: total > 0 ? (sell[band] - buy[band]) / total : undefined)
    }
    for outer in sell.indices.dropFirst() {
      row.write(sell: logAmount(sell[outer] - sell[outer - 1]), buy: logAmount(buy[outer] - buy[outer - 1]))
    }
    for band in 0..<mainBandIndex {
      row.write(
        sell: Self.ratio(sell[band], to: sell[mainBandIndex]), buy: Self.ratio(buy[band], to: buy[mainBandIndex]))
    }
  }

  private static func ratio(_ part: Double, to whole: Double) -> Double { whole > 0 ? part / whole : undefined }
}
