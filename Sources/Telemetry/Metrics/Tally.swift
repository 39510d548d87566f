/// Counts by key, of which there is a bounded number whatever the data says.
public struct Tally<Key: Hashable & Comparable & Sendable>: Sendable {
  /// How many keys are told apart.
  public let limit: Int
  /// The counts of all keys that came after `limit` others.
  public private(set) var others = 0

  private var counts: [Key: Int] = [:]

  /// Creates a tally without counts.
  public init(limit: Int) { self.limit = limit }

  /// Counts a key.
  ///
  /// - Complexity: O(1)
  public mutating func count(_ key: Key) {
    if let index = counts.index(forKey: key) {
      counts.values[index] += 1
    } else if counts.count < limit {
      counts[key] = 1
    } else {
      others += 1
    }
  }

  /// The keys with their counts, in the order of the keys.
  public var entries: [(key: Key, count: Int)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
