import Checkpoints
import Markets

/// What the extractors of one market share: the newest book and the history of its mid and depth.
///
/// Windows count the snapshots that have a mid; a book without one moves the windows and adds nothing.
struct MarketState: Sendable {
  /// The mid of the newest snapshot, if it has one.
  private(set) var mid: Double?
  /// The snapshot before the newest.
  private(set) var previous: BookSnapshot?
  /// The notional within each band, by side; what it was at the last mid.
  private(set) var depths: BySide<[Double]>
  /// The windows over snapshots with a mid.
  private(set) var windows: TimeWindows
  /// The history of the mid.
  private(set) var prices: PriceHistory
  /// The history of the depth in the main band.
  private(set) var depthHistory: BySide<DepthHistory>

  private var newest: BookSnapshot?
  /// The last snapshot with a mid before `previous`, where that has none.
  private var quotedBefore: BookSnapshot?
  private let bands: [Double]
  private let mainBandIndex: Int

  init(configuration: FeatureConfiguration) {
    bands = configuration.bands.map(\.fraction)
    mainBandIndex = configuration.mainBandIndex
    let zeros = [Double](repeating: 0, count: bands.count)
    depths = BySide(sell: zeros, buy: zeros)
    windows = TimeWindows(lengths: configuration.windows)
    prices = PriceHistory(windowCount: windows.count)
    let history = DepthHistory(configuration: configuration)
    depthHistory = BySide(sell: history, buy: history)
  }

  /// Takes in the next snapshot.
  mutating func observe(_ snapshot: BookSnapshot) {
    if mid == nil, let previous, previous.book.mid != nil { quotedBefore = previous }
    swap(&previous, &newest)
    newest = snapshot
    mid = snapshot.book.mid
    guard let mid else {
      windows.advance(to: snapshot.time)
      prices.advance(windows)
      depthHistory.sell.advance(windows)
      depthHistory.buy.advance(windows)
      return
    }
    windows.append(snapshot.time)
    prices.append(mid: mid, windows)
    Self.sumBands(snapshot.book.bids, side: .sell, mid: mid, bands: bands, into: &depths.sell)
    Self.sumBands(snapshot.book.asks, side: .buy, mid: mid, bands: bands, into: &depths.buy)
    depthHistory.sell.append(logAmount(depths.sell[mainBandIndex]), windows)
    depthHistory.buy.append(logAmount(depths.buy[mainBandIndex]), windows)
  }

  /// The last snapshot before the newest that had a mid.
  var previousQuoted: BookSnapshot? {
    if let previous, previous.book.mid != nil { return previous }
    return quotedBefore
  }

  /// Sums the notional within each band in one pass; equals `OrderBook.depth(within:on:)` bit for bit.
  private static func sumBands(
    _ levels: [BookLevel], side: LiquidationSide, mid: Double, bands: [Double], into sums: inout [Double]
  ) {
    var total = 0.0
    var next = 0
    for band in bands.indices {
      let limit = mid * (1 - side.sign * bands[band])
      while next < levels.count {
        let level = levels[next]
        if side == .sell ? level.price < limit : level.price > limit { break }
        total += level.notional
        next += 1
      }
      sums[band] = total
    }
  }

  /// What other markets may know of the newest snapshot; nil without a mid.
  func reading(longestWindow: Int) -> MarketReading? {
    guard mid != nil, let newest else { return nil }
    return MarketReading(
      sighting: Sighting(
        time: newest.time, logMid: prices.logMid,
        logDepth: BySide(sell: depthHistory.sell.logDepth, buy: depthHistory.buy.logDepth)),
      depthToMedian: BySide(
        sell: depthHistory.sell.logDepth - depthHistory.sell.medians[longestWindow],
        buy: depthHistory.buy.logDepth - depthHistory.buy.medians[longestWindow]),
      depthScore: BySide(
        sell: depthHistory.sell.score(in: longestWindow), buy: depthHistory.buy.score(in: longestWindow)),
      windows: (0..<windows.count).map { window in
        WindowReading(
          volatility: prices.volatility(of: window, windows), logReturn: prices.logReturn(of: window),
          thinShares: depthHistory.sell.thinShares[window] + depthHistory.buy.thinShares[window])
      })
  }
}

extension MarketState: Resumable {
  /// The snapshot before the newest is set by the next one before anything reads it.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&newest)
    mid = newest?.book.mid
    var quoted = previousQuoted
    try archive.exchange(&quoted)
    quotedBefore = quoted
    try archive.exchange(fixed: &depths.sell)
    try archive.exchange(fixed: &depths.buy)
    try archive.exchange(&windows)
    try archive.exchange(&prices)
    try archive.exchange(&depthHistory.sell)
    try archive.exchange(&depthHistory.buy)
  }
}
