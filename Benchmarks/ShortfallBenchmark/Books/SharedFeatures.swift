internal import Features
internal import Markets

/// The features that the plain twin computes too, by which the two are held to agree.
struct SharedFeatures {
  /// Their names, in the twin's order.
  let names: [String]
  /// The number of features that the product computes.
  let productCount: Int
  private let positions: [Int]

  init(_ configuration: FeatureConfiguration) {
    let schema = FeatureSchema(configuration: configuration)
    let band = configuration.mainBand
    names =
      configuration.bands.map { "depth_\($0)" }
      + configuration.windows.flatMap { window in
        ["minimum", "median", "mean", "drawdown", "volatility"].map { "depth_\($0)_\(band)_\(window)" }
          + ["realised_volatility_\(window)"]
      }
    productCount = schema.count
    positions = names.compactMap(schema.index(of:))
  }

  /// Whether the product has every one of them.
  var areComplete: Bool { positions.count == names.count }

  /// The sum of the defined ones over both sides of a row.
  func sum(of row: FeatureRow) -> Double {
    var sum = 0.0
    for values in [row.values.sell, row.values.buy] {
      for position in positions where !values[position].isNaN { sum += values[position] }
    }
    return sum
  }
}
