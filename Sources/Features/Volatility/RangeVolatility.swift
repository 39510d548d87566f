import Checkpoints
import Markets

/// Range estimators on the window as one bar.
struct RangeVolatility: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.volatility

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    configuration.windows.flatMap { window in
      [
        define(
          "parkinson_volatility_\(window)", unit: Unit.volatility, direction: .increasing,
          source: "M. Parkinson, J. Business 53 (1980), doi:10.1086/296071",
          "Volatility from highest and lowest mid of the last \(window), ln(H/L)² / (4 ln 2) per time."),
        define(
          "garman_klass_volatility_\(window)", unit: Unit.volatility, direction: .increasing,
          source: "M. Garman, M. Klass, J. Business 53 (1980), doi:10.1086/296072",
          "Volatility from the bar of the last \(window), ln(H/L)²/2 − (2 ln 2 − 1) ln(C/O)² per time."),
        define(
          "rogers_satchell_volatility_\(window)", unit: Unit.volatility, direction: .increasing,
          source: "L. Rogers, S. Satchell, Annals of Applied Probability 1 (1991), doi:10.1214/aoap/1177005835",
          "Drift-free volatility from the bar of the last \(window), ln(H/C)ln(H/O) + ln(L/C)ln(L/O) per time."),
      ]
    }
  }

  private let doubling = naturalLog(2)

  init(configuration: FeatureConfiguration) {}

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    for window in 0..<state.windows.count {
      guard let path = state.prices.summaries[window], path.stepCount > 0 else {
        row.writeUndefined(count: 3)
        continue
      }
      let seconds = state.windows.duration(of: window)
      let range = path.high - path.low
      let body = path.logReturn
      let rogersSatchell =
        (path.high - path.last) * (path.high - path.first) + (path.low - path.last) * (path.low - path.first)
      row.write(logVolatility(variance: range * range / (4 * doubling), seconds: seconds))
      row.write(logVolatility(variance: range * range / 2 - (2 * doubling - 1) * body * body, seconds: seconds))
      row.write(logVolatility(variance: rogersSatchell, seconds: seconds))
    }
  }
}
