import Markets

/// How one side's margin moved through a market's judged points.
struct MarginMoves {
  private let times: [Timestamp]
  private let margins: [Double]

  /// Margins at rising times.
  init(times: [Timestamp], margins: [Double]) {
    self.times = times
    self.margins = margins
  }

  /// The largest margin over the smallest above zero; 1 where none is above zero.
  var peakToTrough: Double {
    let asked = margins.filter { $0 > 0 }
    guard let peak = asked.max(), let trough = asked.min() else { return 1 }
    return peak / trough
  }

  /// The largest of each margin less the smallest of the window before and up to it.
  ///
  /// - Complexity: O(points): positions that can still be a smallest margin are kept, their margins rising.
  func largestRise(within window: TimeSpan) -> Double {
    var largest = 0.0
    var candidates: [Int] = []
    var first = 0
    for (index, margin) in margins.enumerated() {
      let start = times[index] - window
      while first < candidates.count, times[candidates[first]] < start { first += 1 }
      while candidates.count > first, let last = candidates.last, margins[last] >= margin { candidates.removeLast() }
      candidates.append(index)
      largest = max(largest, margin - margins[candidates[first]])
    }
    return largest
  }

  /// The number of changes per day of the time from the first to the last point; 0 where there is no such time.
  var changesPerDay: Double {
    guard let first = times.first, let last = times.last, first < last else { return 0 }
    let changes = zip(margins, margins.dropFirst()).count { $0 != $1 }
    return Double(changes) * TimeSpan.days(1).seconds / (last - first).seconds
  }

  /// The sum of all increases, as a fraction of notional.
  var increases: Double { zip(margins, margins.dropFirst()).reduce(0) { $0 + max(0, $1.1 - $1.0) } }
}

extension PolicyJudgement {
  /// How one policy's margin moved at the headline size, in each market with a judged point.
  func procyclicality(of path: NamedPath) -> [Procyclicality] {
    guard let rung = headlineRung else { return [] }
    return replay.markets.enumerated().compactMap { index, market in
      if market.judged.isEmpty { return nil }
      let times = market.judged.map { market.points[$0].time }
      let sides = LiquidationSide.allCases.map { side in
        MarginMoves(
          times: times,
          margins: times.indices.map { path.margin(ofMarket: index, side: side, point: $0, rung: rung) })
      }
      func worst(_ figure: (MarginMoves) -> Double) -> Double { sides.map(figure).max() ?? 0 }
      return Procyclicality(
        market: market.market, peakToTrough: worst(\.peakToTrough),
        rise1h: worst { $0.largestRise(within: .hours(1)) }, rise1d: worst { $0.largestRise(within: .days(1)) },
        rise5d: worst { $0.largestRise(within: .days(5)) }, rise30d: worst { $0.largestRise(within: .days(30)) },
        changesPerDay: worst(\.changesPerDay),
        marginCallUSD: sides.reduce(0) { $0 + $1.increases } * replay.notionals[rung])
    }
  }
}
