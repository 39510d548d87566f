package import Checkpoints

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// ADWIN: a window that grows while its values have one mean, and drops its older part when an older and a newer part differ.
///
/// A cut into parts of n₀ and n₁ values tells against one mean at confidence δ when the means differ by more than
/// √(2 m σ² x) + ⅔ R m x, with x = ln(2 ln n / δ), m = 1/(n₀ − s + 1) + 1/(n₁ − s + 1), s the least length of a part, σ² the
/// variance of the window and R the range of the values. The evidence of a cut is the largest ln(1/δ) at which it would still
/// tell; the monitor's is that of its best cut, and its threshold ln(1/δ): 6.2 for the customary δ = 0.002. The
/// bound is so careful that thresholds found by simulation can lie below zero.
///
/// After a signal the older part is gone and the newer one is what it goes on from. The values are kept as an exponential
/// histogram, O(log n) numbers, so only the ends of its pieces are tried as cuts, every `interval` values.
///
/// Source: A. Bifet and R. Gavaldà, "Learning from time-changing data with adaptive windowing", SIAM SDM 2007,
/// doi:10.1137/1.9781611972771.42, ADWIN2; with the least length and the interval of the implementations in MOA and river.
public struct AdaptiveWindow: DriftMonitor, Hashable {
  /// The range R of the values, which scales what single far values can prove.
  public let range: Double
  /// After how many values the cuts are tried.
  public let interval: Int
  /// What the evidence must go above: ln(1/δ).
  public var threshold: Double
  /// The number of values that were no number.
  public private(set) var undefinedCount = 0
  /// The evidence of the best cut when cuts were tried last; −∞ when there was none, and after a signal.
  public private(set) var evidence = -Double.infinity
  private var window: ExponentialHistogram
  private var ticks = 0

  /// The largest number of pieces of each length.
  public static let breadth = 5
  /// The least number of values of each part of a cut.
  public static let leastPart = 5.0
  /// Windows of no more values are not cut.
  public static let grace = 10.0
  /// The standard number of values between trials.
  public static let standardInterval = 32

  /// Creates an empty window.
  ///
  /// - Parameters:
  ///   - range: R, 1 for indicators; what is below zero counts as zero.
  ///   - interval: At least 1.
  ///   - threshold: ln(1/δ).
  public init(range: Double = 1, interval: Int = standardInterval, threshold: Double) {
    self.range = max(0, range)
    self.interval = max(1, interval)
    self.threshold = threshold
    window = ExponentialHistogram(breadth: Self.breadth)
  }

  /// The number of values in the window and their mean.
  public var content: (count: Int, mean: Double) {
    let whole = window.whole
    return (Int(whole.count), whole.count > 0 ? whole.mean : 0)
  }

  /// Takes the next value; with a signal the older part has been dropped.
  ///
  /// - Complexity: O(1) on average, and O(log n) each time that the cuts are tried.
  public mutating func observe(_ value: Double) -> DriftSignal? {
    guard value.isWatchable else {
      undefinedCount &+= 1
      return nil
    }
    window.append(value)
    ticks += 1
    guard ticks >= interval else { return nil }
    ticks = 0
    var signal: DriftSignal?
    while let cut = bestCut() {
      evidence = cut.evidence
      guard evidence > threshold else { break }
      if signal == nil {
        signal = DriftSignal(
          direction: cut.newerIsHigher ? .rise : .fall, statistic: evidence, threshold: threshold)
      }
      evidence = -.infinity
      window.removeOldest()
    }
    return signal
  }

  private struct Cut {
    var evidence: Double
    var newerIsHigher: Bool
  }

  /// The cut with the most evidence; nil for a window that is too short for cuts.
  private func bestCut() -> Cut? {
    let whole = window.whole
    guard whole.count > Self.grace else { return nil }
    let spread = 2 * whole.scatter / whole.count
    let penalty = log(2 * log(whole.count))
    var best = Cut(evidence: -.infinity, newerIsHigher: false)
    var older = (count: 0.0, total: 0.0)
    window.forEach { piece in
      older.count += piece.count
      older.total += piece.total
      let newer = whole.count - older.count
      guard older.count >= Self.leastPart, newer >= Self.leastPart else { return }
      let gap = (whole.total - older.total) / newer - older.total / older.count
      let share = 1 / (older.count - Self.leastPart + 1) + 1 / (newer - Self.leastPart + 1)
      // √x solves a x + b √x = |gap|; this form of the root loses no digits for small a.
      let b = (spread * share).squareRoot()
      let a = 2.0 / 3 * range * share
      let divisor = b + (b * b + 4 * a * gap.magnitude).squareRoot()
      let root = divisor > 0 ? 2 * gap.magnitude / divisor : 0
      let evidence = root * root - penalty
      if evidence > best.evidence { best = Cut(evidence: evidence, newerIsHigher: gap > 0) }
    }
    return best
  }
}

extension AdaptiveWindow: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&undefinedCount)
    try archive.exchange(&evidence)
    try archive.exchange(&ticks)
    try archive.exchange(&window)
  }
}
