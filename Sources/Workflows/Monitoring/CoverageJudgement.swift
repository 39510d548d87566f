internal import Learning
internal import Ledger
internal import Markets
internal import Reporting
internal import Validation

/// Judges close-out quantiles by the losses that followed.
struct CoverageJudgement {
  private let quantiles: [LedgerQuantile]
  private let informationSpan: TimeSpan
  private let bootstrap: DayBlockBootstrap

  /// Prepares the judgement of quantiles in the order of time.
  init(_ quantiles: [LedgerQuantile], informationSpan: TimeSpan, _ bootstrap: DayBlockBootstrap) {
    self.quantiles = quantiles
    self.informationSpan = informationSpan
    self.bootstrap = bootstrap
  }

  /// The figures of each role and level; what adapts is judged beside what does not, on the rows that have both.
  func figures() -> [MonitoredCoverage] {
    ModelRole.allCases.flatMap { role in
      let own = quantiles.filter { $0.role == role }
      return Set(own.map(\.level)).sorted().flatMap { level in
        figures(of: own.filter { $0.level == level }, role: role, level: level)
      }
    }
  }

  private func figures(of quantiles: [LedgerQuantile], role: ModelRole, level: Double) -> [MonitoredCoverage] {
    let adapting = quantiles.filter { $0.adapted != nil }
    let rows = adapting.isEmpty ? quantiles : adapting
    var forecasts = [("fixed", rows.map(\.said))]
    if !adapting.isEmpty { forecasts.append(("adapted", rows.map { $0.adapted ?? $0.said })) }
    let scores = QuantileScores(
      rows.map(\.loss), days: rows.map(\.origin.time.day), level: level, bootstrap: bootstrap
    ).scores(of: forecasts)
    return zip(forecasts, scores).map { forecast, score in
      let sequences = trials(rows, forecast.1)
      return MonitoredCoverage(
        role: role.rawValue, score: score, trials: sequences.reduce(0) { $0 + $1.count },
        exceedances: sequences.reduce(0) { $0 + $1.count(where: \.self) },
        kupiec: CoverageTest.kupiec(sequences: sequences, missRate: 1 - level, alternative: .tooManyHits))
    }
  }

  /// For each market and side whether the loss was above the quantile, at origins whose horizons do not overlap.
  private func trials(_ rows: [LedgerQuantile], _ forecast: [Double]) -> [[Bool]] {
    struct Stream: Hashable {
      let market: MarketName
      let side: LiquidationSide
    }
    var order: [Stream] = []
    var trials: [Stream: (last: Timestamp, hits: [Bool])] = [:]
    for (row, quantile) in zip(rows, forecast) {
      let stream = Stream(market: row.origin.market, side: row.origin.side)
      let hit = row.loss > quantile
      guard let before = trials[stream] else {
        order.append(stream)
        trials[stream] = (row.origin.time, [hit])
        continue
      }
      guard row.origin.time >= before.last + informationSpan else { continue }
      trials[stream]?.last = row.origin.time
      trials[stream]?.hits.append(hit)
    }
    return order.compactMap { trials[$0]?.hits }
  }
}

/// Scores several forecasts of one quantile of the same losses, the first of which is the baseline.
struct QuantileScores {
  private let losses: [Double]
  private let days: [Int]
  private let level: Double
  private let bootstrap: DayBlockBootstrap

  init(_ losses: [Double], days: [Int], level: Double, bootstrap: DayBlockBootstrap) {
    self.losses = losses
    self.days = days
    self.level = level
    self.bootstrap = bootstrap
  }

  func scores(of forecasts: [(name: String, values: [Double])]) -> [QuantileScore] {
    if losses.isEmpty { return [] }
    let pinball = forecasts.map { forecast in
      zip(forecast.values, losses).map { PinballLoss.value(prediction: $0, target: $1, level: level) }
    }
    let covered = forecasts.map { forecast in zip(forecast.values, losses).map { $1 <= $0 ? 1.0 : 0 } }
    let means = DayMeans(of: pinball + covered + forecasts.map(\.values), days: days, bootstrap: bootstrap)
    return forecasts.enumerated().map { place, forecast in
      QuantileScore(
        forecaster: forecast.name, level: level, rows: losses.count, days: Set(days).count,
        pinball: means.estimate(place), pinballSaved: means.saving(place, against: 0),
        coverage: means.estimate(forecasts.count + place), mean: means.estimate(2 * forecasts.count + place))
    }
  }
}
