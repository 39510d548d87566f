public import Markets

/// What following the outcomes of a stream was worth: coverage of fixed and of adapted quantiles, and probabilities with
/// and without recalibration.
public struct FollowingReport: Sendable {
  /// Whether the markets were recorded or simulated.
  public let provenance: Provenance
  /// Level by level all rows, then each market's sides.
  public let coverage: [CoverageFigures]
  /// Month by month each level.
  public let months: [CoverageFigures]
  /// Coverage as time goes on, level by level.
  public let rolling: [RollingCoverage]
  /// The probabilities; nil without a row.
  public let probabilities: RecalibrationFigures?

  /// Judges rows.
  ///
  /// - Complexity: O(groups · (rows + resamples · days)).
  public init(
    quantiles: [FollowedQuantile], probabilities: [FollowedProbability], provenance: Provenance,
    bootstrap: DayBlockBootstrap = DayBlockBootstrap()
  ) {
    self.provenance = provenance
    var coverage: [CoverageFigures] = []
    var rolling: [RollingCoverage] = []
    for (level, rows) in Self.grouped(quantiles, by: \.level).sorted(by: { $0.key < $1.key }) {
      coverage.append(CoverageFigures(rows, scope: .all, level: level, bootstrap: bootstrap))
      for (market, rows) in Self.grouped(rows, by: \.market).sorted(by: { $0.key < $1.key }) {
        for side in LiquidationSide.allCases {
          coverage.append(
            CoverageFigures(
              rows.filter { $0.side == side }, scope: .side(market, side), level: level, bootstrap: bootstrap))
        }
      }
      rolling.append(RollingCoverage(rows, level: level))
    }
    self.coverage = coverage
    self.rolling = rolling
    let months = Self.grouped(quantiles, by: { Self.month(of: $0.day) }).sorted(by: { $0.key < $1.key })
    self.months = months.flatMap { month, rows in
      Self.grouped(rows, by: \.level).sorted(by: { $0.key < $1.key }).map { level, rows in
        CoverageFigures(rows, scope: .month(month), level: level, bootstrap: bootstrap)
      }
    }
    self.probabilities = RecalibrationFigures(probabilities, bootstrap: bootstrap)
  }

  private static func grouped<Key: Hashable>(
    _ rows: [FollowedQuantile], by key: (FollowedQuantile) -> Key
  ) -> [Key: [FollowedQuantile]] {
    Dictionary(grouping: rows, by: key)
  }

  private static func month(of day: Int) -> String {
    String((Timestamp(nanoseconds: 0) + .days(Int64(day))).description.prefix(7))
  }
}

/// Probabilities with and without recalibration over the rows that have both.
public struct RecalibrationFigures: Hashable, Sendable {
  /// All rows.
  public let rows: Int
  /// All rows in which the event happened.
  public let positives: Int
  /// The rows that have a recalibrated probability; the figures below are about them.
  public let recalibratedRows: Int
  /// The share of rows in which the event happened.
  public let rate: Estimate
  /// The mean of the probabilities as said.
  public let fixedMean: Estimate
  /// The mean of the recalibrated probabilities.
  public let adaptedMean: Estimate
  /// The mean log loss of the probabilities as said.
  public let fixedLoss: Estimate
  /// The mean log loss of the recalibrated probabilities.
  public let adaptedLoss: Estimate
  /// The share of the log loss that recalibration saves; below zero, it costs.
  public let saved: Estimate

  init?(_ rows: [FollowedProbability], bootstrap: DayBlockBootstrap) {
    if rows.isEmpty { return nil }
    self.rows = rows.count
    positives = rows.count { $0.happened }
    let both = rows.compactMap { row in row.adapted.map { (row: row, adapted: $0) } }
    recalibratedRows = both.count
    guard !both.isEmpty else {
      (rate, fixedMean, adaptedMean) = (.undefined, .undefined, .undefined)
      (fixedLoss, adaptedLoss, saved) = (.undefined, .undefined, .undefined)
      return
    }
    let series: [[Double]] = [
      both.map { $0.row.happened ? 1 : 0 }, both.map(\.row.fixed), both.map(\.adapted),
      both.map { ProbabilityLoss.logarithmic($0.row.fixed, $0.row.happened) },
      both.map { ProbabilityLoss.logarithmic($0.adapted, $0.row.happened) },
    ]
    let means = DayMeans(of: series, days: both.map(\.row.day), bootstrap: bootstrap)
    rate = means.estimate(0)
    fixedMean = means.estimate(1)
    adaptedMean = means.estimate(2)
    fixedLoss = means.estimate(3)
    adaptedLoss = means.estimate(4)
    saved = means.saving(4, against: 3)
  }
}
