internal import Datasets
internal import Markets

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The UTC days on which a market moved most: the tenth with the highest realised variance per second, rounded up.
struct StressedDays {
  private struct Key: Hashable {
    let market: Int
    let day: Int
  }

  /// The squared log returns of a market's day and the time that they took.
  private struct Variance {
    var squares = 0.0
    var seconds = 0.0

    var perSecond: Double { seconds > 0 ? squares / seconds : 0 }
  }

  private let days: Set<Key>

  /// Finds the days among some rows of a dataset, in row order.
  ///
  /// A return belongs to the day on which it ended. Of days of equal variance the earlier counts as the calmer.
  ///
  /// - Parameter mids: The mid of each row of the dataset.
  init(among rows: [Int], of dataset: Dataset, mids: [Double]) {
    var variances = [[Int: Variance]](repeating: [:], count: dataset.markets.count)
    var last = [(time: Timestamp, mid: Double)?](repeating: nil, count: dataset.markets.count)
    for row in rows where dataset.sides[row] == .sell {
      let (market, time) = (dataset.marketIndices[row], dataset.times[row])
      if let before = last[market] {
        let step = log(mids[row] / before.mid)
        variances[market][time.day, default: Variance()].squares += step * step
        variances[market][time.day, default: Variance()].seconds += (time - before.time).seconds
      }
      last[market] = (time, mids[row])
    }
    var days: Set<Key> = []
    for (market, variances) in variances.enumerated() {
      let ranked = variances.sorted { ($1.value.perSecond, $1.key) < ($0.value.perSecond, $0.key) }
      for entry in ranked.prefix((ranked.count + 9) / 10) { days.insert(Key(market: market, day: entry.key)) }
    }
    self.days = days
  }

  /// Whether a row of the dataset lies on one of them.
  func contains(_ row: Int, of dataset: Dataset) -> Bool {
    days.contains(Key(market: dataset.marketIndices[row], day: dataset.times[row].day))
  }
}
