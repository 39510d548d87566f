/// A sorted multiset of numbers with fast access by rank.
///
/// Values lie in sorted chunks of bounded length, so that an insertion moves at most one chunk. All chunks share one
/// storage; what a search needs of them lies side by side.
///
/// - Complexity: O(log n + chunk) for insertion and removal, O(n / chunk) for access by rank, O(1) near the median.
package struct SortedSequence: Sendable {
  private static let chunkCapacity = 64

  /// Room for `chunkCapacity` values in each slot.
  private var storage: [Double] = []
  /// The chunks in ascending order: their slots, their sizes, their greatest values.
  private var slots: [Int] = []
  private var counts: [Int] = []
  private var greatest: [Double] = []
  /// Slots without a chunk.
  private var free: [Int] = []
  /// The chunk that holds the median, and the number of values before it: where a search by rank sets out.
  private var middle = 0
  private var countBeforeMiddle = 0
  /// The number of values.
  package private(set) var count = 0

  /// Creates an empty sequence.
  package init() {}

  /// Creates a sequence of values in any order, none of which may be NaN.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    count = sorted.count
    for start in stride(from: 0, to: count, by: Self.chunkCapacity / 2) {
      insertChunk(sorted[start..<min(start + Self.chunkCapacity / 2, count)], at: slots.count)
    }
    findMiddle(from: 0, 0)
  }

  /// Adds a value, which must not be NaN.
  package mutating func insert(_ value: Double) {
    count += 1
    if slots.isEmpty { return insertChunk([value], at: 0) }
    let chunk = min(Self.lowerBound(of: value, in: greatest.span), slots.count - 1)
    let start = slots[chunk] * Self.chunkCapacity
    let size = counts[chunk]
    let place = Self.lowerBound(of: value, in: storage.span.extracting(start..<start + size))
    storage.withUnsafeMutableBufferPointer { Self.shift($0, from: start + place, count: size - place, by: 1) }
    storage[start + place] = value
    counts[chunk] = size + 1
    if place == size { greatest[chunk] = value }
    if size + 1 == Self.chunkCapacity {
      split(chunk)
      findMiddle(from: 0, 0)
    } else {
      findMiddle(from: middle, chunk < middle ? countBeforeMiddle + 1 : countBeforeMiddle)
    }
  }

  /// Removes one occurrence of a value; does nothing when it is not there.
  package mutating func remove(_ value: Double) {
    let chunk = Self.lowerBound(of: value, in: greatest.span)
    guard chunk < slots.count else { return }
    let start = slots[chunk] * Self.chunkCapacity
    let size = counts[chunk] - 1
    let place = Self.lowerBound(of: value, in: storage.span.extracting(start...start + size))
    guard storage[start + place] == value else { return }
    storage.withUnsafeMutableBufferPointer { Self.shift($0, from: start + place + 1, count: size - place, by: -1) }
    counts[chunk] = size
    count -= 1
    if size > 0 { greatest[chunk] = storage[start + size - 1] }
    if size < Self.chunkCapacity / 8, mergeWithNext(chunk) {
      findMiddle(from: 0, 0)
    } else {
      findMiddle(from: middle, chunk < middle ? countBeforeMiddle - 1 : countBeforeMiddle)
    }
  }

  /// The value of a rank, 0 for the smallest; nil outside the sequence.
  package func value(atRank rank: Int) -> Double? {
    guard rank >= 0, rank < count else { return nil }
    let (chunk, offset) = place(ofRank: rank)
    return storage[slots[chunk] * Self.chunkCapacity + offset]
  }

  /// The quantile of a level from 0 to 1, interpolated linearly between neighbours; NaN when empty.
  ///
  /// Source: type 7 of R. Hyndman, Y. Fan, The American Statistician 50 (1996), doi:10.2307/2684934.
  package func quantile(_ level: Double) -> Double {
    let position = level * Double(count - 1)
    guard let rank = Int(exactly: position.rounded(.down)), rank >= 0, rank < count else { return .nan }
    let (chunk, offset) = place(ofRank: rank)
    let lower = storage[slots[chunk] * Self.chunkCapacity + offset]
    if rank + 1 == count { return lower }
    let next =
      offset + 1 < counts[chunk]
      ? slots[chunk] * Self.chunkCapacity + offset + 1
      : slots[chunk + 1] * Self.chunkCapacity
    return lower + (position - Double(rank)) * (storage[next] - lower)
  }

  /// Where the value of a rank lies, which must be in the sequence.
  private func place(ofRank rank: Int) -> (chunk: Int, offset: Int) {
    // Low ranks are nearer to the beginning.
    let (chunk, before) =
      rank < countBeforeMiddle / 2
      ? chunk(ofRank: rank, from: 0, 0)
      : chunk(ofRank: rank, from: middle, countBeforeMiddle)
    return (chunk, rank - before)
  }

  /// The chunk that holds a rank, which must be in the sequence, and the number of values before it, sought from another.
  private func chunk(ofRank rank: Int, from start: Int, _ countBefore: Int) -> (chunk: Int, countBefore: Int) {
    let sizes = counts.span
    var (chunk, before) = (start, countBefore)
    while rank >= before + sizes[chunk] {
      before += sizes[chunk]
      chunk += 1
    }
    while rank < before {
      chunk -= 1
      before -= sizes[chunk]
    }
    return (chunk, before)
  }

  private mutating func findMiddle(from chunk: Int, _ countBefore: Int) {
    (middle, countBeforeMiddle) = count == 0 ? (0, 0) : self.chunk(ofRank: count / 2, from: chunk, countBefore)
  }

  /// The number of values below `value` at the beginning of sorted ones.
  private static func lowerBound(of value: Double, in sorted: Span<Double>) -> Int {
    var start = 0
    var length = sorted.count
    while length > 1 {
      let half = length / 2
      // The middle lies inside for as long as start + length does not pass the end.
      start = sorted[unchecked: start + half - 1] < value ? start + half : start
      length -= half
    }
    return length == 1 && sorted[start] < value ? start + 1 : start
  }

  private static func shift(
    _ values: UnsafeMutableBufferPointer<Double>, from start: Int, count: Int, by distance: Int
  ) {
    guard let base = values.baseAddress, count > 0 else { return }
    (base + start + distance).update(from: base + start, count: count)
  }

  private mutating func insertChunk(_ values: ArraySlice<Double>, at chunk: Int) {
    let slot = free.popLast() ?? storage.count / Self.chunkCapacity
    let start = slot * Self.chunkCapacity
    if start == storage.count { storage.append(contentsOf: repeatElement(0, count: Self.chunkCapacity)) }
    storage.replaceSubrange(start..<start + values.count, with: values)
    slots.insert(slot, at: chunk)
    counts.insert(values.count, at: chunk)
    greatest.insert(values.last ?? .nan, at: chunk)
  }

  private mutating func removeChunk(_ chunk: Int) {
    free.append(slots.remove(at: chunk))
    counts.remove(at: chunk)
    greatest.remove(at: chunk)
  }

  private mutating func split(_ chunk: Int) {
    let start = slots[chunk] * Self.chunkCapacity
    let half = counts[chunk] / 2
    let upper = storage[start + half..<start + counts[chunk]]
    counts[chunk] = half
    greatest[chunk] = storage[start + half - 1]
    insertChunk(Array(upper)[...], at: chunk + 1)
  }

  /// Whether the chunk was joined with the next one, or removed because it is empty.
  private mutating func mergeWithNext(_ chunk: Int) -> Bool {
    if counts[chunk] == 0 {
      removeChunk(chunk)
      return true
    }
    if chunk + 1 < slots.count, counts[chunk] + counts[chunk + 1] <= Self.chunkCapacity / 2 {
      let (start, next) = (slots[chunk] * Self.chunkCapacity, slots[chunk + 1] * Self.chunkCapacity)
      for offset in 0..<counts[chunk + 1] { storage[start + counts[chunk] + offset] = storage[next + offset] }
      counts[chunk] += counts[chunk + 1]
      greatest[chunk] = greatest[chunk + 1]
      removeChunk(chunk + 1)
      return true
    }
    return false
  }
}
