package import Checkpoints

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The population stability index of a stream: how far the recent values are from a fixed reference.
///
/// Values are counted in the reference's bins, and every count fades by half within `halfLife` values. It begins as if the
/// past had been the reference, at an index of zero, and does so again after a signal: while the difference lasts, it
/// signals again each time that recent values have outweighed that beginning. The fading counts stand for
/// about 2.9 half-lives of values. The levels of `StabilityIndex` are the customary rule of thumb; `threshold`
/// is the customary bound for action, 0.25, until it is calibrated.
///
/// An undefined value is counted in a bin of its own as well as in `undefinedCount`: that a figure becomes undefined is a
/// change too.
public struct FadingStability: DriftMonitor {
  /// The reference and its bins.
  public let reference: StabilityIndex
  /// After how many values a count is half of what it was.
  public let halfLife: Double
  /// What the index must go above.
  public var threshold: Double
  /// The number of values that were no number.
  public private(set) var undefinedCount = 0
  /// The index when it was computed last.
  public private(set) var evidence = 0.0
  private let fading: Double
  private let weight: Double
  private var counts: [Double]
  private var ticks = 0

  /// After how many values the index is computed anew.
  public static let interval = 10

  /// Creates a monitor that begins at its reference; a half-life below 1 counts as 1.
  public init(
    reference: StabilityIndex, halfLife: Double, threshold: Double = StabilityIndex.Level.actionFrom
  ) {
    self.reference = reference
    self.halfLife = halfLife >= 1 ? halfLife : 1
    self.threshold = threshold
    fading = exp2(-1 / self.halfLife)
    // Weights λ^k stand for (Σ λ^k)² / Σ λ^2k = (1 + λ)/(1 − λ) values of equal weight; each value adds its part of those.
    weight = 1 + fading
    counts = []
    counts = beginning
  }

  /// The level of the index when it was computed last.
  public var level: StabilityIndex.Level { StabilityIndex.Level(evidence) }

  /// The reference, with the weight of all fading values.
  private var beginning: [Double] {
    let total = weight / (1 - fading)
    return reference.shares.map { $0 * total }
  }

  /// Takes the next value.
  ///
  /// - Complexity: O(bins).
  public mutating func observe(_ value: Double) -> DriftSignal? {
    if !value.isFinite { undefinedCount &+= 1 }
    for bin in counts.indices { counts[bin] *= fading }
    let bin = reference.bin(of: value)
    if counts.indices.contains(bin) { counts[bin] += weight }
    ticks += 1
    guard ticks >= Self.interval else { return nil }
    ticks = 0
    evidence = reference.index(ofCounts: counts) ?? 0
    guard evidence > threshold else { return nil }
    defer {
      evidence = 0
      counts = beginning
    }
    return DriftSignal(direction: .change, statistic: evidence, threshold: threshold)
  }
}

extension FadingStability: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&undefinedCount)
    try archive.exchange(&evidence)
    try archive.exchange(&ticks)
    try archive.exchange(fixed: &counts)
  }
}
