internal import Learning
internal import ModelStore
internal import Validation

/// What both routes and the baseline said of rows, beside the losses that followed.
struct CloseOutForecasts: Sendable {
  let levels: [Double]
  private(set) var losses: [Double] = []
  private(set) var days: [Int] = []
  /// For each route and each level the quantile of every row.
  private var quantiles: [CloseOutRoute: [[Double]]]

  init(levels: [Double]) {
    self.levels = levels
    quantiles = Dictionary(
      uniqueKeysWithValues: CloseOutRoute.allCases.map { ($0, levels.map { _ in [Double]() }) })
  }

  /// Adds a row: its loss as a fraction of notional, its UTC day and what the routes say of it.
  mutating func append(loss: Double, day: Int, values: Span<Double>, group: Int, routes: CloseOutRoutes) {
    losses.append(loss)
    days.append(day)
    for route in CloseOutRoute.allCases {
      for (index, quantile) in routes.quantiles(of: values, group: group, by: route).enumerated() {
        quantiles[route]?[index].append(quantile)
      }
    }
  }

  /// The scores, level by level the routes in their order and the baseline last; none without rows.
  func scores(bootstrap: DayBlockBootstrap) -> [QuantileScore] {
    if losses.isEmpty { return [] }
    return levels.indices.flatMap { scores(ofLevel: $0, bootstrap: bootstrap) }
  }

  private func scores(ofLevel index: Int, bootstrap: DayBlockBootstrap) -> [QuantileScore] {
    let level = levels[index]
    let routes = CloseOutRoute.allCases
    let forecasts = routes.map { quantiles[$0]?[index] ?? [] }
    let pinball = forecasts.map { forecast in
      zip(forecast, losses).map { PinballLoss.value(prediction: $0, target: $1, level: level) }
    }
    let covered = forecasts.map { forecast in zip(forecast, losses).map { $1 <= $0 ? 1.0 : 0 } }
    let means = DayMeans(of: pinball + covered + forecasts, days: days, bootstrap: bootstrap)
    let baseline = routes.firstIndex(of: .unconditional) ?? 0
    return routes.enumerated().map { place, route in
      QuantileScore(
        forecaster: route.rawValue, level: level, rows: losses.count, days: Set(days).count,
        pinball: means.estimate(place), pinballSaved: means.saving(place, against: baseline),
        coverage: means.estimate(routes.count + place), mean: means.estimate(2 * routes.count + place))
    }
  }
}

extension CloseOutRoute {
  /// The route whose pinball loss is the smaller, relative to the baseline's and averaged over the levels; of equal ones
  /// the simpler.
  static func best(by scores: [QuantileScore]) -> CloseOutRoute {
    func saved(_ route: CloseOutRoute) -> Double {
      scores.filter { $0.forecaster == route.rawValue }.reduce(0) { $0 + ($1.pinballSaved.value ?? 0) }
    }
    return saved(.boosting) > saved(.scale) ? .boosting : .scale
  }
}
