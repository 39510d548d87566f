/// Quantiles of weighted values.
package enum Quantile {
  /// The least value of which, with all smaller ones, at least the share `level` of the weight is made; nil without
  /// weight.
  ///
  /// No other value has a smaller sum of pinball losses at the level. The order of the values does not matter.
  package static func lower(_ values: [Double], weights: [Double]?, level: Double) -> Double? {
    guard let weights else {
      guard !values.isEmpty else { return nil }
      let rank = Int((level * Double(values.count)).rounded(.up))
      return Ascending.sorted(values)[min(max(rank, 1), values.count) - 1]
    }
    let sorted = zip(values, weights).sorted { $0 < $1 }
    let total = sorted.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return nil }
    var reached = 0.0
    for (value, weight) in sorted {
      reached += weight
      if weight > 0, reached >= level * total { return value }
    }
    return sorted.last { $0.1 > 0 }?.0
  }
}
