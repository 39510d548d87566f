import Markets

/// The rows of one market and side in time order, as positions in the evaluation's rows.
struct RowStream: Sendable {
  let market: MarketName
  let side: LiquidationSide
  let rows: [Int]

  /// The streams of some rows in time order; streams by market name, sell before buy.
  static func all(of rows: [EvaluationRow]) -> [RowStream] {
    struct Key: Hashable {
      let market: MarketName
      let side: LiquidationSide
    }
    var members: [Key: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      members[Key(market: row.market, side: row.side), default: []].append(index)
    }
    let sides = LiquidationSide.allCases
    return Set(members.keys.map(\.market)).sorted().flatMap { market in
      sides.compactMap { side in
        members[Key(market: market, side: side)].map { RowStream(market: market, side: side, rows: $0) }
      }
    }
  }
}

/// Longest runs of instants in rising order whose neighbours lie closer together than `gap`, as ranges of positions.
func runs(ofTimes times: [Timestamp], closerThan gap: TimeSpan) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = 0
  for position in times.indices where position + 1 == times.count || !(times[position + 1] - times[position] < gap) {
    runs.append(start..<position + 1)
    start = position + 1
  }
  return runs
}
