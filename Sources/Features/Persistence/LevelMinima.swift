import Checkpoints
import Markets

/// The smallest recent sizes at every visible price of one side.
struct LevelMinima: Sendable {
  /// +1 for bids and −1 for asks: the sign with which a better price is greater.
  private let sign: Double
  /// The first `shown` are the visible prices, best first; the others are room.
  private var levels: [LevelHistory] = []
  private var levelsBefore: [LevelHistory] = []
  private var shown = 0
  private var sizes = SizeChains()

  init(side: LiquidationSide) {
    sign = side.sign
  }

  /// Takes in the newest levels, best first; prices that are not shown are forgotten.
  ///
  /// - Complexity: O(levels) amortised.
  mutating func observe(_ book: borrowing [BookLevel], in windows: borrowing TimeWindows) {
    swap(&levels, &levelsBefore)
    while levels.count < book.count { levels.append(LevelHistory()) }
    Self.follow(
      book, sign, at: windows.end - 1, keepingFrom: windows.oldest, before: levelsBefore, shown: shown,
      &sizes, into: &levels)
    shown = book.count
  }

  /// Merges the newest levels with those before, whose chains go on where the price is the same and end elsewhere.
  private static func follow(
    _ book: borrowing [BookLevel], _ sign: Double, at position: Int, keepingFrom oldest: Int,
    before: borrowing [LevelHistory], shown: Int, _ sizes: inout SizeChains, into levels: inout [LevelHistory]
  ) {
    let (book, before) = (book.span, before.span.extracting(first: shown))
    var levels = levels.mutableSpan
    sizes.withLinks(spare: book.count) { links in
      var old = 0
      for index in book.indices {
        let level = book[index]
        while old < before.count, sign * before[old].price > sign * level.price {
          links.release(before[old].chain)
          old += 1
        }
        var history = LevelHistory(price: level.price, since: position)
        if old < before.count, before[old].price == level.price {
          history = before[old]
          old += 1
          links.add(level.size, at: position, keepingFrom: oldest, to: &history.chain)
        } else {
          history.chain = links.chain(of: level.size, at: position)
        }
        levels[index] = history
      }
      for index in old..<before.count { links.release(before[index].chain) }
    }
  }

  /// Sums price times smallest size over the prices up to `limit`, for every window in which a price was always shown.
  func sum(to limit: Double, in windows: borrowing TimeWindows, into sums: inout [Double]) {
    let (levels, heads) = (levels.span.extracting(first: shown), windows.heads.span)
    var sums = sums.mutableSpan
    for window in sums.indices { sums[window] = 0 }
    for index in levels.indices {
      let level = levels[index]
      if sign * limit > sign * level.price { break }
      // Longer windows start earlier; their smallest size lies at or before that of the shorter ones.
      var link = level.chain.newest
      for window in sums.indices {
        let head = heads[window]
        if level.since > head { break }
        link = sizes.first(from: head, before: link)
        sums[window] += level.price * sizes.size(at: link)
      }
    }
  }
}

/// A price's sizes since it has been shown without a break.
private struct LevelHistory: Sendable {
  var price = 0.0
  var since = 0
  /// Sizes that are smaller than all later ones, oldest first and so ascending.
  var chain = SizeChains.Chain()
}

/// Chains of sizes, each with the position at which it was seen, whose links lie in one storage.
private struct SizeChains: Sendable {
  /// The ends of a chain; `none` of one without links.
  struct Chain: Sendable {
    var oldest = none
    var newest = none
  }

  fileprivate struct Link: Sendable {
    var position = 0
    var size = 0.0
    /// The neighbours, `none` at the ends.
    ///
    /// A link that is free has the next free one for its newer neighbour.
    var older = none
    var newer = none
  }

  fileprivate static let none: Int32 = -1
  private var storage: [Link] = []
  private var free = none
  private var freeCount = 0

  /// Lets chains be changed that together grow by no more than `spare` links.
  mutating func withLinks(spare: Int, _ change: (inout Links) -> Void) {
    while freeCount < spare {
      storage.append(Link(newer: free))
      free = Int32(storage.count - 1)
      freeCount += 1
    }
    let (free, freeCount) = storage.withUnsafeMutableBufferPointer { [free, freeCount] storage in
      var links = Links(storage: storage, free: free, freeCount: freeCount)
      change(&links)
      return (links.free, links.freeCount)
    }
    (self.free, self.freeCount) = (free, freeCount)
  }

  /// The earliest link of a chain from a position on that is not after a given one; that one when there is none.
  func first(from position: Int, before link: Int32) -> Int32 {
    let links = storage.span
    var link = link
    while case let older = links[Int(link)].older, older != Self.none, links[Int(older)].position >= position {
      link = older
    }
    return link
  }

  func size(at link: Int32) -> Double { storage[Int(link)].size }
}

/// The links of all chains while they are changed: places in memory that does not move meanwhile.
private struct Links {
  let storage: UnsafeMutableBufferPointer<SizeChains.Link>
  fileprivate(set) var free: Int32
  fileprivate(set) var freeCount: Int

  private subscript(link: Int32) -> SizeChains.Link {
    get { storage[Int(link)] }
    nonmutating _modify { yield &storage[Int(link)] }
  }

  /// A new chain of one size.
  mutating func chain(of size: Double, at position: Int) -> SizeChains.Chain {
    let link = take()
    self[link] = SizeChains.Link(position: position, size: size)
    return SizeChains.Chain(oldest: link, newest: link)
  }

  /// Adds a size to a chain, drops those that are not smaller, and those before a position but for the last of them.
  mutating func add(_ size: Double, at position: Int, keepingFrom oldest: Int, to chain: inout SizeChains.Chain) {
    var newest = chain.newest
    if self[newest].size >= size {
      while case let older = self[newest].older, older != SizeChains.none, self[older].size >= size {
        giveBack(newest)
        newest = older
      }
      // The last of the sizes that end here makes room for the new one.
      self[newest].position = position
      self[newest].size = size
      self[newest].newer = SizeChains.none
    } else {
      let link = take()
      self[link] = SizeChains.Link(position: position, size: size, older: newest)
      self[newest].newer = link
      newest = link
    }
    chain.newest = newest
    while chain.oldest != newest, self[chain.oldest].position < oldest {
      let next = self[chain.oldest].newer
      giveBack(chain.oldest)
      chain.oldest = next
      self[next].older = SizeChains.none
    }
  }

  /// Gives the links of a chain back.
  mutating func release(_ chain: SizeChains.Chain) {
    var link = chain.oldest
    while link != chain.newest {
      let next = self[link].newer
      giveBack(link)
      link = next
    }
    giveBack(link)
  }

  private mutating func giveBack(_ link: Int32) {
    self[link].newer = free
    free = link
    freeCount += 1
  }

  private mutating func take() -> Int32 {
    precondition(freeCount > 0)
    let link = free
    free = self[link].newer
    freeCount -= 1
    return link
  }
}

extension LevelMinima: Resumable {
  /// The histories of the visible prices, best first.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var records = levels.prefix(shown).map {
      StoredLevel(price: $0.price, since: $0.since, sizes: sizes.sizes(of: $0.chain))
    }
    try archive.exchange(&records)
    if archive.direction == .writing { return }
    sizes = SizeChains()
    levels = []
    shown = records.count
    for record in records {
      let chain = try sizes.chain(of: record.sizes)
      levels.append(LevelHistory(price: record.price, since: record.since, chain: chain))
    }
  }
}

extension SizeChains {
  /// The sizes of a chain, oldest first.
  func sizes(of chain: Chain) -> [StoredSize] {
    var stored: [StoredSize] = []
    var link = chain.newest
    while link != Self.none {
      stored.append(StoredSize(position: storage[Int(link)].position, size: storage[Int(link)].size))
      link = storage[Int(link)].older
    }
    return stored.reversed()
  }

  /// A chain of sizes, oldest first.
  mutating func chain(of stored: [StoredSize]) throws(StateFault) -> Chain {
    guard let first = stored.first else { throw StateFault("a price has no size") }
    var chain = Chain()
    withLinks(spare: stored.count) { links in
      chain = links.chain(of: first.size, at: first.position)
      for size in stored.dropFirst() { links.add(size.size, at: size.position, keepingFrom: .min, to: &chain) }
    }
    return chain
  }
}

/// A price's history as a state keeps it.
private struct StoredLevel: StateValue {
  let price: Double
  let since: Int
  let sizes: [StoredSize]
}

private struct StoredSize: StateValue {
  let position: Int
  let size: Double
}

extension StoredLevel {
  init(from archive: inout StateArchive) throws(StateFault) {
    self.init(
      price: try Double(from: &archive), since: try Int(from: &archive), sizes: try [StoredSize](from: &archive))
  }

  func write(to archive: inout StateArchive) {
    price.write(to: &archive)
    since.write(to: &archive)
    sizes.write(to: &archive)
  }
}

extension StoredSize {
  init(from archive: inout StateArchive) throws(StateFault) {
    self.init(position: try Int(from: &archive), size: try Double(from: &archive))
  }

  func write(to archive: inout StateArchive) {
    position.write(to: &archive)
    size.write(to: &archive)
  }
}
