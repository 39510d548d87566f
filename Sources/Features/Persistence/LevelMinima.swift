import Checkpoints
import Markets

/// The smallest recent sizes at every visible price of one side.
struct LevelMinima: Sendable {
  private let side: LiquidationSide
  private var levels: [LevelHistory] = []
  private var spare: [LevelHistory] = []

  init(side: LiquidationSide) {
    self.side = side
  }

  /// Takes in the newest levels, best first; prices that are not shown are forgotten.
  ///
  /// - Complexity: O(levels) amortised.
  mutating func observe(_ book: [BookLevel], in windows: TimeWindows) {
    let position = windows.end - 1
    swap(&levels, &spare)
    levels.removeAll(keepingCapacity: true)
    var old = 0
    for level in book {
      while old < spare.count, side == .sell ? spare[old].price > level.price : spare[old].price < level.price {
        old += 1
      }
      var history = LevelHistory(price: level.price, since: position)
      if old < spare.count, spare[old].price == level.price { swap(&history, &spare[old]) }
      history.add(size: level.size, at: position, keepingFrom: windows.oldest)
      levels.append(history)
    }
  }

  /// Sums price times smallest size over the prices up to `limit`, for every window.
  func sum(to limit: Double, in windows: TimeWindows, into sums: inout [Double]) {
    for window in sums.indices { sums[window] = 0 }
    for index in levels.indices {
      if side == .sell ? levels[index].price < limit : levels[index].price > limit { break }
      levels[index].add(to: &sums, in: windows)
    }
  }
}

/// A price's sizes since it has been shown without a break.
private struct LevelHistory: Sendable {
  fileprivate struct Size {
    let position: Int
    let size: Double
  }

  let price: Double
  private let since: Int
  /// Sizes that are smaller than all later ones, oldest first and so ascending.
  private var sizes: [Size] = []
  private var first = 0

  init(price: Double, since: Int) {
    self.price = price
    self.since = since
  }

  mutating func add(size: Double, at position: Int, keepingFrom oldest: Int) {
    while sizes.count > first, let last = sizes.last, last.size >= size { sizes.removeLast() }
    sizes.append(Size(position: position, size: size))
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
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) { try archive.exchange(&levels) }
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
