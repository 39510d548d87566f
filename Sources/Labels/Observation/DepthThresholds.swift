public import Markets

/// The depth `Q` per market and side below which a book is in shortfall.
public struct DepthThresholds: Hashable, Sendable, Codable {
  /// One market's thresholds.
  public struct Entry: Hashable, Sendable, Codable {
    /// The market.
    public let market: MarketName
    /// The thresholds in quote currency.
    public let depth: BySide<Double>

    /// Creates an entry.
    public init(market: MarketName, depth: BySide<Double>) {
      self.market = market
      self.depth = depth
    }
  }

  /// The markets in name order, each once.
  public let entries: [Entry]

  /// Creates thresholds from depths in quote currency.
  public init(_ depths: [MarketName: BySide<Double>]) {
    entries = depths.map { Entry(market: $0.key, depth: $0.value) }.sorted { $0.market < $1.market }
  }

  /// The thresholds of a market; nil for a market that was not seen with a known depth.
  ///
  /// - Complexity: O(markets).
  public subscript(market: MarketName) -> BySide<Double>? {
    entries.first { $0.market == market }?.depth
  }

  /// The thresholds that a rule gives on a training window.
  ///
  /// The median is taken over the window's snapshots with known depth, per market and side; of an even count it is the
  /// mean of the two middle values. A market without any known depth gets no entry. Absolute thresholds are returned as
  /// they are, without a look at the observations.
  ///
  /// - Complexity: O(n log n).
  public static func fitted(
    _ threshold: DepthThreshold, to observations: some Sequence<OutcomeObservation>
  ) -> DepthThresholds {
    switch threshold {
    case .absolute(let depths):
      return DepthThresholds(depths)
    case .relativeToMedian(let fraction):
      var depths: [MarketName: BySide<[Double]>] = [:]
      for observation in observations {
        guard let depth = observation.depth else { continue }
        depths[observation.market, default: BySide(sell: [], buy: [])].sell.append(depth.sell)
        depths[observation.market, default: BySide(sell: [], buy: [])].buy.append(depth.buy)
      }
      return DepthThresholds(depths.compactMapValues { scaledMedians(of: $0, by: fraction) })
    }
  }

  private static func scaledMedians(of depths: BySide<[Double]>, by fraction: Double) -> BySide<Double>? {
    guard let sell = median(of: depths.sell), let buy = median(of: depths.buy) else { return nil }
    return BySide(sell: fraction * sell, buy: fraction * buy)
  }

  private static func median(of values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
