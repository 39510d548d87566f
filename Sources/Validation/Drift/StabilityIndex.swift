#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How far a sample's distribution is from that of a reference: the population stability index.
///
/// The index is Σ (q − p) ln(q / p) over bins, p the reference's shares and q the sample's: the divergence of H. Jeffreys,
/// 0 for equal shares, without an upper end. Bins are cut at quantiles of the reference; a figure that is so frequent that
/// quantiles coincide in it is a bin of its own, and so are the figures that are undefined. Every bin that holds anything
/// of either sample is counted with half a figure more, which keeps a bin that one of them leaves empty finite.
///
/// Sources: S. Kullback and R. A. Leibler, "On information and sufficiency", doi:10.1214/aoms/1177729694; J. du Pisanie et
/// al., "A critical review of existing and new population stability testing procedures", arXiv:2303.01227. The bounds of
/// `Level` are the customary rule of thumb and no test: figures that hang together in time differ by more from month to
/// month than independent ones do.
public struct StabilityIndex: Hashable, Sendable, Codable {
  /// What an index asks for.
  public enum Level: String, CaseIterable, Hashable, Sendable {
    /// Below 0.10.
    case stable
    /// From 0.10 to below 0.25: to be looked at.
    case warning
    /// From 0.25 on: the model should be trained anew on what the figures are now.
    case action

    /// The level of an index.
    public init(_ index: Double) {
      self = index < Level.warningFrom ? .stable : index < Level.actionFrom ? .warning : .action
    }

    /// The least index that warns.
    public static let warningFrom = 0.10
    /// The least index that asks for action.
    public static let actionFrom = 0.25
  }

  /// The standard number of bins of equal share.
  public static let standardBinCount = 10

  /// Boundaries between bins, rising.
  private let cuts: [Cut]
  private let reference: Counts

  /// Where bins meet: figures up to `value` are below it, and those above it beyond; a frequent value lies between.
  private struct Cut: Hashable, Codable {
    let value: Double
    let isBinOfItsOwn: Bool
  }

  /// The number of figures of each bin, undefined ones last.
  private struct Counts: Hashable, Codable {
    var bins: [Double]
    var total: Double { bins.reduce(0, +) }
  }

  /// Takes the reference; what is not finite counts as undefined.
  ///
  /// - Parameter binCount: The number of quantile bins; at least 1 are made.
  /// - Complexity: O(n log n).
  public init(reference values: some Sequence<Double>, binCount: Int = standardBinCount) {
    let values = Array(values)
    let sorted = values.filter(\.isFinite).sorted()
    let parts = max(1, binCount)
    var cuts: [Cut] = []
    for part in 1..<max(2, parts) where parts > 1 {
      guard let value = sorted.quantile(Double(part) / Double(parts)) else { continue }
      let isRepeated = cuts.last?.value == value
      if isRepeated { cuts.removeLast() }
      cuts.append(Cut(value: value, isBinOfItsOwn: isRepeated))
    }
    self.cuts = cuts
    reference = Self.counts(of: values, cuts)
  }

  /// The index of a sample; nil when it or the reference is empty.
  ///
  /// - Complexity: O(n log bins).
  public func index(of sample: some Sequence<Double>) -> Double? {
    index(ofCounts: Self.counts(of: sample, cuts).bins)
  }

  /// The index of a sample whose figures were counted in the bins, whatever the weight of each; nil when nothing was counted.
  func index(ofCounts bins: [Double]) -> Double? {
    let (found, expected) = (bins.reduce(0, +), reference.total)
    guard found > 0, expected > 0, bins.count == reference.bins.count else { return nil }
    let held = bins.indices.filter { bins[$0] + reference.bins[$0] > 0 }
    let extra = Double(held.count) / 2
    return held.reduce(0) { sum, bin in
      let before = (reference.bins[bin] + 0.5) / (expected + extra)
      let now = (bins[bin] + 0.5) / (found + extra)
      return sum + (now - before) * log(now / before)
    }
  }

  /// The reference's share of each bin; zeros for an empty reference.
  var shares: [Double] {
    let total = reference.total
    return reference.bins.map { total > 0 ? $0 / total : 0 }
  }

  /// The bin of a figure.
  ///
  /// - Complexity: O(log bins).
  func bin(of value: Double) -> Int { Self.bin(of: value, cuts) }

  private static func counts(of values: some Sequence<Double>, _ cuts: [Cut]) -> Counts {
    var counts = Counts(bins: [Double](repeating: 0, count: 2 * cuts.count + 2))
    for value in values { counts.bins[bin(of: value, cuts)] += 1 }
    return counts
  }

  /// Two places for each cut, the figures up to it and those equal to a frequent one, then those beyond and undefined.
  private static func bin(of value: Double, _ cuts: [Cut]) -> Int {
    guard value.isFinite else { return 2 * cuts.count + 1 }
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle].value < value { low = middle + 1 } else { high = middle }
    }
    let isFrequent = low < cuts.count && cuts[low].isBinOfItsOwn && cuts[low].value == value
    return 2 * low + (isFrequent ? 1 : 0)
  }
}
