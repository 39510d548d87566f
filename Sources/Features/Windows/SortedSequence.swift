/// A sorted multiset of numbers with fast access by rank.
///
/// Values lie in sorted chunks of bounded length, so that an insertion moves at most one chunk.
///
/// - Complexity: O(log n + chunk) for insertion and removal, O(n / chunk) for access by rank.
package struct SortedSequence: Sendable {
  private static let chunkLimit = 512
  private var chunks: [[Double]] = []
  private var counts: [Int] = []
  /// The number of values.
  package private(set) var count = 0

  /// Creates an empty sequence.
  package init() {}

  /// Creates a sequence of values in any order, none of which may be NaN.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    count = sorted.count
    for start in stride(from: 0, to: count, by: Self.chunkLimit / 2) {
      chunks.append(Array(sorted[start..<min(start + Self.chunkLimit / 2, count)]))
    }
    counts = chunks.map(\.count)
  }

  /// Adds a value, which must not be NaN.
  package mutating func insert(_ value: Double) {
    count += 1
    if chunks.isEmpty {
      chunks.append([value])
      counts.append(1)
      return
    }
    let chunk = min(chunkIndex(of: value), chunks.count - 1)
    chunks[chunk].insert(value, at: Self.lowerBound(of: value, in: chunks[chunk]))
    counts[chunk] += 1
    if counts[chunk] > Self.chunkLimit { split(chunk) }
  }

  /// Removes one occurrence of a value; does nothing when it is not there.
  package mutating func remove(_ value: Double) {
    let chunk = chunkIndex(of: value)
    guard chunk < chunks.count else { return }
    let position = Self.lowerBound(of: value, in: chunks[chunk])
    guard position < counts[chunk], chunks[chunk][position] == value else { return }
    chunks[chunk].remove(at: position)
    counts[chunk] -= 1
    count -= 1
    if counts[chunk] < Self.chunkLimit / 4 { mergeWithNext(chunk) }
  }

  /// The value of a rank, 0 for the smallest; nil outside the sequence.
  package func value(atRank rank: Int) -> Double? {
    guard rank >= 0, rank < count else { return nil }
    var remaining = rank
    var chunk = 0
    while remaining >= counts[chunk] {
      remaining -= counts[chunk]
      chunk += 1
    }
    return chunks[chunk][remaining]
  }

  /// The quantile of a level from 0 to 1, interpolated linearly between neighbours; NaN when empty.
  ///
  /// Source: type 7 of R. Hyndman, Y. Fan, The American Statistician 50 (1996), doi:10.2307/2684934.
  package func quantile(_ level: Double) -> Double {
    let position = level * Double(count - 1)
    guard let rank = Int(exactly: position.rounded(.down)), let lower = value(atRank: rank) else { return .nan }
    guard let upper = value(atRank: rank + 1) else { return lower }
    return lower + (position - Double(rank)) * (upper - lower)
  }

  /// The first chunk whose last value is not below `value`; the number of chunks when there is none.
  private func chunkIndex(of value: Double) -> Int {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle][counts[middle] - 1] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func lowerBound(of value: Double, in chunk: [Double]) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func split(_ chunk: Int) {
    let half = counts[chunk] / 2
    let upper = Array(chunks[chunk][half...])
    chunks[chunk].removeLast(upper.count)
    chunks.insert(upper, at: chunk + 1)
    counts[chunk] = half
    counts.insert(upper.count, at: chunk + 1)
  }

  private mutating func mergeWithNext(_ chunk: Int) {
    if counts[chunk] == 0 {
      chunks.remove(at: chunk)
      counts.remove(at: chunk)
    } else if chunk + 1 < chunks.count, counts[chunk] + counts[chunk + 1] <= Self.chunkLimit / 2 {
      let next = chunks.remove(at: chunk + 1)
      chunks[chunk].append(contentsOf: next)
      counts.remove(at: chunk + 1)
      counts[chunk] += next.count
    }
  }
}
