import Checkpoints
import Markets

/// Volatility and returns of the mid over each window, from the snapshots in it.
struct RealisedVolatility: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.volatility

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    configuration.windows.flatMap { window in
      [
        define(
          "realised_volatility_\(window)", unit: Unit.volatility, direction: .increasing, source: Source.realised,
          "Square root of the sum of squared log returns of the mid per time over the last \(window)."),
        define(
          "jump_share_\(window)", unit: Unit.fraction,
          source: "O. Barndorff-Nielsen, N. Shephard, J. Financial Econometrics 2 (2004), doi:10.1093/jjfinec/nbh001",
          "Share of the realised variance over the last \(window) that bipower variation does not explain, at least 0."),
        define(
          "adverse_semivolatility_\(window)", unit: Unit.volatility, direction: .increasing,
          source: "O. Barndorff-Nielsen, S. Kinnebrock, N. Shephard, Measuring downside risk (2010)",
          "Realised volatility over the last \(window) of the returns that hurt the side."),
        define(
          "adverse_return_\(window)", unit: Unit.basisPoints,
          "Log return of the mid over the last \(window) in the direction that hurts the side."),
      ]
    }
  }

  init(configuration: FeatureConfiguration) {}

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    for window in 0..<state.windows.count {
      guard let path = state.prices.summaries[window], path.stepCount > 0 else {
        row.writeUndefined(count: 4)
        continue
      }
      let seconds = state.windows.duration(of: window)
      row.write(logVolatility(variance: path.squared, seconds: seconds))
      row.write(path.jumpShare)
      row.write(
        sell: logVolatility(variance: path.squaredFalls, seconds: seconds),
        buy: logVolatility(variance: path.squaredRises, seconds: seconds))
      row.write(signed: logBasisPoints(-path.logReturn))
    }
  }
}

extension PricePath {
  /// `max(0, 1 − BV/RV)` with `BV = (π/2) (n/(n−1)) Σ |r_i||r_{i+1}|`; NaN below two steps or without any variance.
  fileprivate var jumpShare: Double {
    guard stepCount > 1, squared > 0 else { return undefined }
    let steps = Double(stepCount)
    return max(0, 1 - .pi / 2 * steps / (steps - 1) * bipower / squared)
  }
}
