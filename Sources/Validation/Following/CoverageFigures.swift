public import Markets

/// How often a fixed and an adapted quantile of the same level covered what followed, over the same rows.
///
/// Intervals are of the day-block bootstrap.
public struct CoverageFigures: Hashable, Sendable {
  /// Which rows they are about.
  public enum Scope: Hashable, Sendable {
    /// All rows.
    case all
    /// One side of one market.
    case side(MarketName, LiquidationSide)
    /// One UTC month, such as `2025-09`.
    case month(String)
  }

  /// Which rows they are about.
  public let scope: Scope
  /// The level, which is the coverage that both aim at.
  public let level: Double
  /// The number of rows.
  public let rows: Int
  /// The number of UTC days with rows.
  public let days: Int
  /// The share of rows that the fixed quantile covered.
  public let fixed: Estimate
  /// The share of rows that the adapted quantile covered.
  public let adapted: Estimate
  /// The mean of the fixed quantile.
  public let fixedMean: Estimate
  /// The mean of the adapted quantile.
  public let adaptedMean: Estimate

  init(_ rows: [FollowedQuantile], scope: Scope, level: Double, bootstrap: DayBlockBootstrap) {
    self.scope = scope
    self.level = level
    self.rows = rows.count
    let days = rows.map(\.day)
    self.days = Set(days).count
    guard !rows.isEmpty else {
      (fixed, adapted, fixedMean, adaptedMean) = (.undefined, .undefined, .undefined, .undefined)
      return
    }
    let series = [
      rows.map { $0.value <= $0.fixed ? 1 : 0 }, rows.map { $0.value <= $0.adapted ? 1 : 0 }, rows.map(\.fixed),
      rows.map(\.adapted),
    ]
    let means = DayMeans(of: series, days: days, bootstrap: bootstrap)
    fixed = means.estimate(0)
    adapted = means.estimate(1)
    fixedMean = means.estimate(2)
    adaptedMean = means.estimate(3)
  }
}

/// The coverage of two weeks up to each day, by a fixed and by an adapted quantile.
public struct RollingCoverage: Hashable, Sendable {
  /// One UTC day.
  public struct Point: Hashable, Sendable {
    /// The day's first instant.
    public let day: Timestamp
    /// The coverage of the fixed quantile over the days of the window.
    public let fixed: Double
    /// The coverage of the adapted quantile over the same rows.
    public let adapted: Double
  }

  /// The number of days that each point looks back on, its own included.
  public static let window = 14

  /// The level, which is the coverage that both aim at.
  public let level: Double
  /// The days from the first to the last with rows, in order; those whose window holds no row are left out.
  public let points: [Point]

  init(_ rows: [FollowedQuantile], level: Double) {
    self.level = level
    let days = rows.map(\.day)
    guard let first = days.min(), let last = days.max() else {
      points = []
      return
    }
    // The lists hold the sums of all days before a position.
    var totals = [SIMD3<Double>](repeating: .zero, count: last - first + 2)
    for row in rows {
      totals[row.day - first + 1] += SIMD3(1, row.value <= row.fixed ? 1 : 0, row.value <= row.adapted ? 1 : 0)
    }
    for day in totals.indices.dropFirst() { totals[day] += totals[day - 1] }
    points = (first...last).compactMap { day in
      let end = day - first + 1
      let sum = totals[end] - totals[max(0, end - Self.window)]
      guard sum.x > 0 else { return nil }
      return Point(
        day: Timestamp(nanoseconds: 0) + .days(Int64(day)), fixed: sum.y / sum.x, adapted: sum.z / sum.x)
    }
  }
}
