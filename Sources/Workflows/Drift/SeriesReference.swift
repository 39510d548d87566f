internal import Markets
internal import Validation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One series on a market's reference rows, with the changes that can be planted into it.
struct SeriesReference: Sendable {
  let series: MonitoredSeries
  let rows: ReferenceRows
  /// The value of each row as it was.
  let values: [Double]
  /// The value of each row if its event or miss had come; for log-odds the shifted value.
  private let changed: [Double]
  /// The probability given to each row; for misses the share that happened.
  private let probabilities: [Double]

  init(_ series: MonitoredSeries, _ reference: WatchedRows, missTarget: Double) {
    self.series = series
    guard series != .missExcess else {
      rows = ReferenceRows(days: reference.losses.map(\.matured.day))
      values = reference.losses.map { MonitoredSeries.missExcess(missed: $0.missed, target: missTarget) }
      changed = values.map { _ in MonitoredSeries.missExcess(missed: true, target: missTarget) }
      let share = Double(reference.losses.count(where: \.missed)) / Double(max(1, reference.losses.count))
      probabilities = values.map { _ in share }
      return
    }
    func value(_ row: WatchedRows.Outcome, happened: Bool) -> Double {
      switch series {
      case .logLossExcess: MonitoredSeries.logLossExcess(row.probability, happened)
      case .calibrationResidual: MonitoredSeries.calibrationResidual(row.probability, happened)
      case .logOdds, .missExcess: MonitoredSeries.logOdds(row.probability)
      }
    }
    rows = ReferenceRows(days: reference.outcomes.map(\.matured.day))
    values = reference.outcomes.map { value($0, happened: $0.happened) }
    changed =
      series == .logOdds
      ? values.map { $0 + PlantedChange.scoreShift } : reference.outcomes.map { value($0, happened: true) }
    probabilities = reference.outcomes.map(\.probability)
  }

  /// The methods that watch the series.
  var methods: [MonitorDesign.MethodName] {
    series == .logOdds ? [.stabilityIndex] : [.cumulativeSum, .pageHinkley, .adaptiveWindow]
  }

  /// A row's value while a change is coming.
  func value(_ row: Int, _ change: PlantedChange, progress: Double, uniform: Double) -> Double {
    progress > 0 && uniform < share(row, change, progress: progress) ? changed[row] : values[row]
  }

  /// How far the change that the series can show at once moves its mean, in the unit of the values; 0 for log-odds.
  var shift: Double {
    guard series != .logOdds, !values.isEmpty else { return 0 }
    let change: PlantedChange = series == .missExcess ? .tripledMisses : .doubledOdds
    let moved = values.indices.reduce(0.0) { $0 + share($1, change, progress: 1) * (changed[$1] - values[$1]) }
    return abs(moved) / Double(values.count)
  }

  /// The probability that the change alters a row.
  private func share(_ row: Int, _ change: PlantedChange, progress: Double) -> Double {
    let probability = probabilities[row]
    switch change {
    case .doubledOdds, .risingOdds:
      return PlantedChange.addedProbability(probability, factor: exp2(progress * log2(PlantedChange.oddsFactor)))
    case .tripledMisses: return probability < 1 ? probability * (PlantedChange.missFactor - 1) / (1 - probability) : 0
    case .shiftedScores: return 1
    }
  }
}
