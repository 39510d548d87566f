package import Checkpoints
public import Markets

/// Follows spread, volatility and persistent depth of one market.
///
/// Memory is bounded by the snapshots in the longest window.
public struct LiquidityTracker: Sendable {
  /// The length of the window over which the spread is averaged.
  public static let spreadWindow = TimeSpan.hours(24)
  /// The time for which depth must have stayed to count as persistent.
  public static let persistenceWindow = TimeSpan.hours(1)

  private let band: Double
  private let horizon: Double
  private var spreadTimes = TimeWindows(lengths: [spreadWindow])
  private var spreads = SlidingAggregate<Moments>(windowCount: 1)
  private var persistenceTimes = TimeWindows(lengths: [persistenceWindow])
  private var depths = BySide { _ in SlidingAggregate<Moments>(windowCount: 1) }
  private var variance: WeightedVariance
  private var first: Timestamp?
  private var last: TimedLogMid?

  /// Creates a tracker that has seen nothing.
  ///
  /// - Parameters:
  ///   - band: The distance from the mid within which depth counts.
  ///   - horizon: The time over which the volatility is told.
  ///   - halfLife: The age at which a squared return counts half, above zero.
  public init(band: BasisPoints, horizon: TimeSpan, halfLife: TimeSpan) {
    self.band = band.fraction
    self.horizon = horizon.seconds
    variance = WeightedVariance(halfLife: halfLife.seconds)
  }

  /// Takes in the market's next snapshot.
  ///
  /// Times must not fall; equal times are allowed.
  ///
  /// - Returns: nil for a book without a mid, which changes nothing; nil until mids have been seen for as long as the
  ///   window of persistence, and where that window holds no snapshot but this one: what was seen once has not stayed.
  /// - Complexity: O(levels within the band) amortised.
  public mutating func observe(_ snapshot: BookSnapshot) -> LiquidityConditions? {
    guard let mid = snapshot.book.mid, let spread = snapshot.book.spread,
      let sell = snapshot.book.depth(within: band, on: .sell), let buy = snapshot.book.depth(within: band, on: .buy)
    else { return nil }
    let time = snapshot.time
    let start = first ?? time
    first = start
    follow(naturalLog(mid), at: time)
    spreadTimes.append(time)
    spreads.append(max(0, spread), in: spreadTimes)
    persistenceTimes.append(time)
    depths.sell.append(sell, in: persistenceTimes)
    depths.buy.append(buy, in: persistenceTimes)
    guard time - start >= Self.persistenceWindow, persistenceTimes.population(of: 0) > 1,
      let moments = spreads.summary(of: 0, in: spreadTimes),
      let sells = depths.sell.summary(of: 0, in: persistenceTimes),
      let buys = depths.buy.summary(of: 0, in: persistenceTimes)
    else { return nil }
    return LiquidityConditions(
      meanSpread: moments.mean, spreadDeviation: moments.standardDeviation,
      volatility: (variance.perSecond * horizon).squareRoot(),
      persistentDepth: BySide(sell: sells.minimum, buy: buys.minimum))
  }

  private mutating func follow(_ logMid: Double, at time: Timestamp) {
    if let last { variance.add(logMid - last.logMid, seconds: (time - last.time).seconds) }
    last = TimedLogMid(time: time, logMid: logMid)
  }
}

extension LiquidityTracker: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&spreadTimes)
    try archive.exchange(&spreads)
    try archive.exchange(&persistenceTimes)
    try archive.exchange(&depths.sell)
    try archive.exchange(&depths.buy)
    try archive.exchange(&variance)
    try archive.exchange(&first)
    try archive.exchange(&last)
  }
}
