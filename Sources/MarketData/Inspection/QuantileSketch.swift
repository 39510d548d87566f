/// Approximate quantiles of a stream of non-negative numbers in bounded memory.
///
/// Values fall into buckets whose edges are the `Double`s with 8 bits of significand, so that a bucket is at most 1/256 of
/// its value wide; a quantile is the smallest value seen in its bucket, at most 0.4 % below the exact one and exact
/// when the bucket saw one value only. Values below 2^-40 and above 2^40 share the outermost buckets: at most 20,482
/// buckets exist. The order of the values does not matter.
///
/// Source: the relative-error buckets of C. Masson, J. E. Rim and H. K. Lee, "DDSketch", doi:10.14778/3352063.3352135,
/// with edges that need no logarithm.
package struct QuantileSketch: Sendable {
  private struct Bucket {
    var count: Int
    var smallest: Double
  }

  private var buckets: [UInt64: Bucket] = [:]
  package private(set) var count = 0
  package private(set) var minimum: Double?
  package private(set) var maximum: Double?

  package init() {}

  /// Adds a value; negative values count as zero, NaN is passed over.
  package mutating func add(_ value: Double) {
    if value.isNaN { return }
    let value = max(0, value)
    let bounded = value == 0 ? 0 : min(max(value, 0x1p-40), 0x1p40)
    count += 1
    minimum = min(minimum ?? value, value)
    maximum = max(maximum ?? value, value)
    let key = bounded.bitPattern >> 44
    let smallest = min(buckets[key]?.smallest ?? value, value)
    buckets[key, default: Bucket(count: 0, smallest: value)].count += 1
    buckets[key]?.smallest = smallest
  }

  /// The smallest value that at least `share` (0 to 1) of the values do not exceed, up to 0.4 % low; nil without values.
  package func quantile(_ share: Double) -> Double? {
    if count == 0 { return nil }
    let wanted = max(1, (share * Double(count)).rounded(.up))
    var total = 0
    for key in buckets.keys.sorted() {
      total += buckets[key]?.count ?? 0
      if Double(total) >= wanted { return buckets[key]?.smallest }
    }
    return maximum
  }

  /// How many values lie above `limit`; the values of the limit's own bucket count by their smallest.
  package func count(above limit: Double) -> Int {
    buckets.values.reduce(0) { $0 + ($1.smallest > limit ? $1.count : 0) }
  }
}
