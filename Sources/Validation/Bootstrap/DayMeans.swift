/// Means over the same rows of several series, with day-block intervals from the same resamples of their days.
public struct DayMeans: Sendable {
  private let bootstrap: DayBlockBootstrap
  private let means: [Double]
  private let resampled: [[Double]]

  /// Averages the series; each has a value for each row, and `days` the UTC day of each row.
  ///
  /// - Precondition: Every series has as many values as there are days.
  /// - Complexity: O(series · (rows + resamples · days)).
  public init(of series: [[Double]], days: [Int], bootstrap: DayBlockBootstrap) {
    precondition(series.allSatisfy { $0.count == days.count }, "each row needs a value in each series and a day")
    let index = DayIndex(days)
    let positions = days.map(index.position(of:))
    var counts = [Double](repeating: 0, count: index.days.count)
    for position in positions { counts[position] += 1 }
    let sums = series.map { values in
      var sums = [Double](repeating: 0, count: index.days.count)
      for (value, position) in zip(values, positions) { sums[position] += value }
      return sums
    }
    func means(_ weights: [Double]) -> [Double] {
      let rows = zip(weights, counts).reduce(0) { $0 + $1.0 * $1.1 }
      return sums.map { sums in zip(weights, sums).reduce(0) { $0 + $1.0 * $1.1 } / rows }
    }
    self.bootstrap = bootstrap
    self.means = means([Double](repeating: 1, count: counts.count))
    resampled = (0..<bootstrap.resamples).map {
      means(bootstrap.multiplicities(ofResample: $0, dayCount: counts.count))
    }
  }

  /// The mean of a series.
  public func estimate(_ series: Int) -> Estimate {
    bootstrap.estimate(value: means[series], replicates: resampled.map { $0[series] })
  }

  /// One minus the mean of a series over that of another: the share of the other's that it saves.
  public func saving(_ series: Int, against other: Int) -> Estimate {
    func saving(_ means: [Double]) -> Double { means[other] > 0 ? 1 - means[series] / means[other] : .nan }
    return bootstrap.estimate(value: saving(means), replicates: resampled.map(saving))
  }
}
