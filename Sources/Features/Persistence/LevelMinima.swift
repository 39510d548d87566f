import Checkpoints
import Markets

/// The smallest recent sizes at every visible price of one side.
///
/// Each price's history lies in a slot for as long as the price is shown; slots of prices that are gone are taken again,
/// with their memory. `shown` says which slots the visible prices have, best first.
struct LevelMinima: Sendable {
  private let side: LiquidationSide
  private var slots: [LevelHistory] = []
  private var shown: [Int] = []
  private var shownBefore: [Int] = []
  private var free: [Int] = []

  init(side: LiquidationSide) {
    self.side = side
  }

  /// Takes in the newest levels, best first; prices that are not shown are forgotten.
  ///
  /// - Complexity: O(levels) amortised.
  mutating func observe(_ book: [BookLevel], in windows: TimeWindows) {
    let (position, oldest) = (windows.end - 1, windows.oldest)
    swap(&shown, &shownBefore)
    shown.removeAll(keepingCapacity: true)
    var old = 0
    for level in book {
      while old < shownBefore.count, isBetter(slots[shownBefore[old]].price, than: level.price) {
        free.append(shownBefore[old])
        old += 1
      }
      let slot: Int
      if old < shownBefore.count, slots[shownBefore[old]].price == level.price {
        slot = shownBefore[old]
        old += 1
      } else {
        slot = slotForNewPrice(level.price, since: position)
      }
      slots[slot].add(size: level.size, at: position, keepingFrom: oldest)
      shown.append(slot)
    }
    free.append(contentsOf: shownBefore[old...])
  }

  private func isBetter(_ price: Double, than other: Double) -> Bool {
    side == .sell ? price > other : price < other
  }

  private mutating func slotForNewPrice(_ price: Double, since position: Int) -> Int {
    guard let slot = free.popLast() else {
      slots.append(LevelHistory(price: price, since: position))
      return slots.count - 1
    }
    slots[slot].restart(price: price, since: position)
    return slot
  }

  /// Sums price times smallest size over the prices up to `limit`, for every window.
  func sum(to limit: Double, in windows: TimeWindows, into sums: inout [Double]) {
    for window in sums.indices { sums[window] = 0 }
    for slot in shown {
      if isBetter(limit, than: slots[slot].price) { break }
      slots[slot].add(to: &sums, in: windows)
    }
  }
}

/// A price's sizes since it has been shown without a break.
private struct LevelHistory: Sendable {
  fileprivate struct Size {
    let position: Int
    let size: Double
  }

  private(set) var price: Double
  private var since: Int
  /// Sizes that are smaller than all later ones, oldest first and so ascending.
  private var sizes: [Size] = []
  private var first = 0

  init(price: Double, since: Int) {
    self.price = price
    self.since = since
  }

  /// Begins again with another price.
  mutating func restart(price: Double, since: Int) {
    self.price = price
    self.since = since
    sizes.removeAll(keepingCapacity: true)
    first = 0
  }

  mutating func add(size: Double, at position: Int, keepingFrom oldest: Int) {
    var end = sizes.count
    while end > first, sizes[end - 1].size >= size { end -= 1 }
    if end < sizes.count {
      // The last of the sizes that end here makes room for the new one.
      sizes[end] = Size(position: position, size: size)
      if end + 1 < sizes.count { sizes.removeLast(sizes.count - end - 1) }
    } else {
      sizes.append(Size(position: position, size: size))
    }
    while first + 1 < sizes.count, sizes[first].position < oldest { first += 1 }
    if first > 16, first * 2 > sizes.count {
      sizes.removeFirst(first)
      first = 0
    }
  }

  /// Adds price times smallest size for every window in which the price was always shown.
  func add(to sums: inout [Double], in windows: TimeWindows) {
    // Longer windows start earlier; their smallest size lies at or before that of the shorter ones.
    var index = sizes.count - 1
    for window in sums.indices {
      let head = windows.heads[window]
      if since > head { break }
      while index > first, sizes[index - 1].position >= head { index -= 1 }
      sums[window] += price * sizes[index].size
    }
  }
}

extension LevelMinima: Resumable {
  /// The histories of the visible prices, best first.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var levels = shown.map { slots[$0] }
    try archive.exchange(&levels)
    if archive.direction == .writing { return }
    slots = levels
    shown = Array(levels.indices)
    free = []
  }
}

extension LevelHistory: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    self.init(price: try Double(from: &archive), since: try Int(from: &archive))
    sizes = try [Size](from: &archive)
    if sizes.isEmpty { throw StateFault("a price has no size") }
  }

  func write(to archive: inout StateArchive) {
    price.write(to: &archive)
    since.write(to: &archive)
    Array(sizes[first...]).write(to: &archive)
  }
}

extension LevelHistory.Size: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    self.init(position: try Int(from: &archive), size: try Double(from: &archive))
  }

  func write(to archive: inout StateArchive) {
    position.write(to: &archive)
    size.write(to: &archive)
  }
}
