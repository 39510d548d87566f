import Markets

/// Depth that stayed: at each price the smallest size over the window, summed over the main band.
struct PersistentDepth: FeatureExtractor {
  static let family = FeatureFamily.persistence

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    return configuration.windows.map { window in
      define(
        "persistent_depth_\(band)_\(window)", unit: Unit.amount, direction: .decreasing,
        "Sum over the own-side prices within \(band) of the present mid of price times the smallest size displayed "
          + "there in the last \(window), zero where a snapshot with a mid did not show the price.")
    }
  }

  private let band: Double
  private var bids: LevelMinima
  private var asks: LevelMinima
  private var sums: BySide<[Double]>

  init(configuration: FeatureConfiguration) {
    band = configuration.mainBand.fraction
    bids = LevelMinima(side: .sell)
    asks = LevelMinima(side: .buy)
    let zeros = [Double](repeating: 0, count: configuration.windows.count)
    sums = BySide(sell: zeros, buy: zeros)
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard let mid = state.mid else { return row.writeUndefined(count: state.windows.count) }
    bids.observe(snapshot.book.bids, in: state.windows)
    asks.observe(snapshot.book.asks, in: state.windows)
    bids.sum(to: mid * (1 - band), in: state.windows, into: &sums.sell)
    asks.sum(to: mid * (1 + band), in: state.windows, into: &sums.buy)
    for window in sums.sell.indices {
      row.write(sell: logAmount(sums.sell[window]), buy: logAmount(sums.buy[window]))
    }
  }
}

/// The smallest recent sizes at every visible price of one side.
private struct LevelMinima: Sendable {
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
  private struct Size {
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
