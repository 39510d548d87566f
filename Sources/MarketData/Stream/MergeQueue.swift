internal import Markets

/// The files of a stream in the order of their next records.
struct MergeQueue {
  /// A file with the place of its next record.
  struct Entry {
    let time: Timestamp
    /// The record's market; nil, which comes first, for what belongs right after the record before it.
    let market: MarketName?
    let file: Int

    static func < (left: Entry, right: Entry) -> Bool {
      if left.time != right.time { return left.time < right.time }
      switch (left.market, right.market) {
      case (nil, .some): return true
      case (.some, nil): return false
      case (.some(let first), .some(let second)) where first != second: return first < second
      default: return left.file < right.file
      }
    }
  }

  /// Last first, so that the first is cheap to take and its successor cheap to insert.
  private var entries: [Entry]

  init(_ entries: [Entry]) {
    self.entries = entries.sorted { $1 < $0 }
  }

  mutating func takeFirst() -> Entry? { entries.popLast() }

  /// Adds a file.
  ///
  /// - Complexity: O(files) in the worst case, of small values.
  mutating func insert(_ entry: Entry) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entry < entries[middle] { low = middle + 1 } else { high = middle }
    }
    entries.insert(entry, at: low)
  }

  /// The files whose next record is not after `time`.
  func files(upTo time: Timestamp) -> [Int] {
    entries.reversed().prefix { $0.time <= time }.map(\.file)
  }
}
