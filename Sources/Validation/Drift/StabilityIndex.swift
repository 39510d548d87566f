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
public struct StabilityIndex: Sendable {
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
  private struct Cut {
    let value: Double
    let isBinOfItsOwn: Bool
  }

  /// The number of figures of each bin, undefined ones last.
  private struct Counts {
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
    let counts = Self.counts(of: sample, cuts)
    guard counts.total > 0, reference.total > 0 else { return nil }
    let held = counts.bins.indices.filter { counts.bins[$0] + reference.bins[$0] > 0 }
    let extra = Double(held.count) / 2
    return held.reduce(0) { sum, bin in
      let expected = (reference.bins[bin] + 0.5) / (reference.total + extra)
      let found = (counts.bins[bin] + 0.5) / (counts.total + extra)
      return sum + (found - expected) * log(found / expected)
    }
  }

  private static func counts(of values: some Sequence<Double>, _ cuts: [Cut]) -> Counts {
    // Two places for each cut, the figures up to it and those equal to a frequent one, then those beyond and undefined.
    var counts = Counts(bins: [Double](repeating: 0, count: 2 * cuts.count + 2))
    for value in values {
      guard value.isFinite else {
        counts.bins[2 * cuts.count + 1] += 1
        continue
      }
      var (low, high) = (0, cuts.count)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle].value < value { low = middle + 1 } else { high = middle }
      }
      let isFrequent = low < cuts.count && cuts[low].isBinOfItsOwn && cuts[low].value == value
      counts.bins[2 * low + (isFrequent ? 1 : 0)] += 1
    }
    return counts
  }
}
