public import Markets

/// A run of positive rows of one market, each closer to the one before than a gap.
///
/// Rows are not the sample size: rows of one episode tell of one event.
public struct Episode: Hashable, Sendable {
  /// The market.
  public let market: MarketName
  /// The time of the first positive row.
  public let start: Timestamp
  /// The time of the last positive row.
  public let end: Timestamp
  /// The number of positive rows, both sides counted.
  public let rowCount: Int

  /// The time that separates two episodes unless configured otherwise: 2 h.
  public static let standardGap = TimeSpan.hours(2)

  /// The episodes of a market's positive rows, in time order.
  ///
  /// Two rows less than `gap` apart belong to one episode; rows exactly `gap` apart do not. The times may come in any
  /// order and may repeat, as they do where both sides are positive.
  ///
  /// - Complexity: O(n log n).
  public static func runs(market: MarketName, times: [Timestamp], gap: TimeSpan = standardGap) -> [Episode] {
    let times = times.sorted()
    guard var start = times.first else { return [] }
    var episodes: [Episode] = []
    var end = start
    var rowCount = 0
    for time in times {
      if rowCount > 0, time - end >= gap {
        episodes.append(Episode(market: market, start: start, end: end, rowCount: rowCount))
        start = time
        rowCount = 0
      }
      end = time
      rowCount += 1
    }
    episodes.append(Episode(market: market, start: start, end: end, rowCount: rowCount))
    return episodes
  }
}
