import Sampling

/// The day-block bootstrap: whole UTC days are drawn with replacement, so that all rows of a day stay together.
///
/// Rows of one day share their market's weather, so rows drawn one by one would make every interval too narrow.
/// Intervals are percentile intervals. Source: B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), §13.3.
public struct DayBlockBootstrap: Hashable, Sendable, Codable {
  /// The number of resamples.
  public let resamples: Int
  /// The seed; the same seed draws the same days.
  public let seed: UInt64
  /// The coverage that intervals aim at, between 0 and 1.
  public let level: Double

  /// Creates a bootstrap; fewer than one resample counts as one, and a level outside (0, 1) as 0.95.
  public init(resamples: Int = 500, seed: UInt64 = 1, level: Double = 0.95) {
    self.resamples = max(1, resamples)
    self.seed = seed
    self.level = level > 0 && level < 1 ? level : 0.95
  }

  /// An interval is left undefined when a larger share of the resamples than this leaves the figure undefined.
  public static let undefinedShareLimit = 0.1

  /// How often each of `dayCount` days occurs in one resample, as numbers ready to be weights.
  package func multiplicities(ofResample index: Int, dayCount: Int) -> [Double] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(index))
    var counts = [Double](repeating: 0, count: dayCount)
    for _ in 0..<dayCount { counts[generator.index(below: dayCount)] += 1 }
    return counts
  }

  /// The figure with the percentile interval of its replicates; NaN replicates are undefined and left out.
  package func estimate(value: Double, replicates: [Double]) -> Estimate {
    let defined = replicates.filter(\.isFinite).sorted()
    let undefinedShare = 1 - Double(defined.count) / Double(max(1, replicates.count))
    guard value.isFinite, undefinedShare <= Self.undefinedShareLimit else {
      return Estimate(value: value, low: nil, high: nil)
    }
    return Estimate(
      value: value, low: defined.quantile((1 - level) / 2), high: defined.quantile((1 + level) / 2))
  }
}
