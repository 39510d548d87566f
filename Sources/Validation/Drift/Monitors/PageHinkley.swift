package import Checkpoints

/// The two-sided Page-Hinkley test: how far the sum of deviations from the mean so far is above its least value, and below
/// its greatest.
///
/// It need not know the mean, which it takes from what it has seen since it began. With U_t = U_{t−1} + (x_t − x̄_t) − δ the
/// evidence of a rise is U_t − min U, which is kept as max(0, evidence + (x_t − x̄_t) − δ); a fall is its mirror. After a
/// signal it forgets everything, the mean included: it speaks once of a lasting change and takes the new mean for granted.
///
/// Source: E. S. Page, doi:10.1093/biomet/41.1-2.100; D. V. Hinkley, "Inference about the change-point from cumulative sum
/// tests", Biometrika 58 (1971), doi:10.1093/biomet/58.3.509; in this streaming form J. Gama et al., "On evaluating stream
/// learning algorithms", doi:10.1007/s10994-012-5320-9.
public struct PageHinkley: DriftMonitor, Hashable {
  /// What each deviation must exceed to count as evidence, δ, in the unit of the values.
  public let tolerance: Double
  /// The number of values from which on it speaks.
  public let leastCount: Int
  /// What the evidence must go above.
  public var threshold: Double
  /// The number of values that were no number.
  public private(set) var undefinedCount = 0
  private var count = 0
  private var mean = 0.0
  private var rise = 0.0
  private var fall = 0.0

  /// The standard number of values from which on it speaks.
  public static let standardLeastCount = 30

  /// Creates a monitor that has seen nothing; a tolerance below zero counts as zero.
  public init(tolerance: Double, leastCount: Int = standardLeastCount, threshold: Double) {
    self.tolerance = max(0, tolerance)
    self.leastCount = leastCount
    self.threshold = threshold
  }

  /// The larger of both directions' evidence; zero until the least count is reached.
  public var evidence: Double { count < leastCount ? 0 : max(rise, fall) }

  /// Takes the next value.
  ///
  /// - Complexity: O(1).
  public mutating func observe(_ value: Double) -> DriftSignal? {
    guard value.isWatchable else {
      undefinedCount &+= 1
      return nil
    }
    count &+= 1
    mean += (value - mean) / Double(count)
    let deviation = value - mean
    rise = max(0, rise + deviation - tolerance)
    fall = max(0, fall - deviation - tolerance)
    guard evidence > threshold else { return nil }
    defer { (count, mean, rise, fall) = (0, 0, 0, 0) }
    return DriftSignal(direction: rise >= fall ? .rise : .fall, statistic: evidence, threshold: threshold)
  }
}

extension PageHinkley: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&undefinedCount)
    try archive.exchange(&count)
    try archive.exchange(&mean)
    try archive.exchange(&rise)
    try archive.exchange(&fall)
    guard count >= 0 else { throw StateFault("a count is negative") }
  }
}
