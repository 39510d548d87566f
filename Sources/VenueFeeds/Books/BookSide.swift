package import Checkpoints
package import Markets

/// One side of a book that changes level by level.
///
/// Levels stand worst first, so that changes near the best price move few of them.
package struct BookSide: Hashable, Sendable {
  /// Which way prices improve.
  package enum Direction: Double, Sendable {
    /// Bids: the higher the better.
    case bids = 1
    /// Asks: the lower the better.
    case asks = -1
  }

  private let direction: Direction
  private let keepsText: Bool
  /// The levels, worst first.
  package private(set) var levels: [BookLevel] = []
  /// Their decimals as the venue wrote them; empty unless a checksum needs them.
  package private(set) var texts: [LevelText] = []

  package init(_ direction: Direction, checksum: BookChecksum?) {
    self.direction = direction
    keepsText = checksum != nil
  }

  /// Takes the levels of a snapshot, in any order; false when a price appears twice.
  ///
  /// Levels of size 0 are not there.
  package mutating func replace(with changes: [LevelChange]) -> Bool {
    var kept = changes.filter { $0.size > 0 }
    let sign = direction.rawValue
    if kept.count > 1, sign * kept[0].price > sign * kept[kept.count - 1].price { kept.reverse() }
    if zip(kept, kept.dropFirst()).contains(where: { sign * $0.price >= sign * $1.price }) {
      kept.sort { sign * $0.price < sign * $1.price }
      if zip(kept, kept.dropFirst()).contains(where: { $0.price == $1.price }) { return false }
    }
    levels = kept.map { BookLevel(price: $0.price, size: $0.size) }
    texts = keepsText ? kept.map(\.text) : []
    return true
  }

  /// Sets or removes a level; false when it contradicts what the venue says was there.
  ///
  /// - Complexity: O(log levels) to find it and O(better levels) to move those.
  package mutating func apply(_ change: LevelChange) -> Bool {
    let index = position(of: change.price)
    let isThere = index < levels.count && levels[index].price == change.price
    switch change.presence {
    case .either: break
    case .present: if !isThere { return false }
    case .absent: if isThere { return false }
    }
    switch (isThere, change.size > 0) {
    case (true, true):
      levels[index].size = change.size
      if keepsText { texts[index] = change.text }
    case (true, false):
      levels.remove(at: index)
      if keepsText { texts.remove(at: index) }
    case (false, true):
      levels.insert(BookLevel(price: change.price, size: change.size), at: index)
      if keepsText { texts.insert(change.text, at: index) }
    case (false, false): break
    }
    return true
  }

  /// Drops the worst levels beyond `depth`.
  package mutating func truncate(to depth: Int) {
    let excess = levels.count - depth
    if excess <= 0 { return }
    levels.removeFirst(excess)
    if keepsText { texts.removeFirst(excess) }
  }

  /// Removes every level.
  package mutating func removeAll() {
    levels.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
  }

  /// The best levels, best first.
  package func best(_ count: Int) -> [BookLevel] { levels.suffix(count).reversed() }

  /// Where the price stands, or would.
  private func position(of price: Double) -> Int {
    let key = direction.rawValue * price
    var low = 0
    var high = levels.count
    while low < high {
      let middle = low + (high - low) / 2
      if direction.rawValue * levels[middle].price < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension BookSide: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&levels)
    guard keepsText else { return }
    try archive.exchange(&texts)
    if texts.count != levels.count { throw StateFault("\(texts.count) texts stand beside \(levels.count) levels") }
  }
}
