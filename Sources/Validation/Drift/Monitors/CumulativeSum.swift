package import Checkpoints

/// The two-sided cumulative sum of standardised values: S⁺ ← max(0, S⁺ + z − k) and S⁻ ← max(0, S⁻ − z − k).
///
/// It knows the mean and the deviation that the values should have, and is the fastest of all monitors, at equal run length,
/// for a lasting shift of the mean by 2k deviations. After a signal both sums are zero again: while the shift lasts, it
/// signals again and again. For independent normal values and k = 0.5 the run length is 168 at a threshold of 4, 465 at 5.
///
/// Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954), doi:10.1093/biomet/41.1-2.100; optimality:
/// G. V. Moustakides, doi:10.1214/aos/1176350164.
public struct CumulativeSum: DriftMonitor, Hashable {
  /// What each step must exceed to count as evidence, k, in deviations.
  public let slack: Double
  /// What the larger sum must go above.
  public var threshold: Double
  /// The number of values that were no number.
  public private(set) var undefinedCount = 0
  private var rise = 0.0
  private var fall = 0.0

  /// Creates a monitor of standardised values that starts at zero.
  ///
  /// - Parameter slack: Half the shift to be found, in deviations; what is below zero counts as zero.
  public init(slack: Double, threshold: Double) {
    self.slack = max(0, slack)
    self.threshold = threshold
  }

  /// The larger of both sums.
  public var evidence: Double { max(rise, fall) }

  /// Takes the next standardised value.
  ///
  /// - Complexity: O(1).
  public mutating func observe(_ value: Double) -> DriftSignal? {
    guard value.isWatchable else {
      undefinedCount &+= 1
      return nil
    }
    rise = max(0, rise + value - slack)
    fall = max(0, fall - value - slack)
    guard evidence > threshold else { return nil }
    defer { (rise, fall) = (0, 0) }
    return DriftSignal(direction: rise >= fall ? .rise : .fall, statistic: evidence, threshold: threshold)
  }
}

extension CumulativeSum: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&undefinedCount)
    try archive.exchange(&rise)
    try archive.exchange(&fall)
  }
}
