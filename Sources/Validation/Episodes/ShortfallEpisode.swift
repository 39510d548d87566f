public import Markets

/// A run of positive rows of one market and side; see ``EpisodeDefinition``.
public struct ShortfallEpisode: Hashable, Sendable {
  /// The market.
  public let market: MarketName
  /// The side.
  public let side: LiquidationSide
  /// The time of the first positive row.
  public let firstPositive: Timestamp
  /// The time of the last positive row.
  public let lastPositive: Timestamp
  /// The time of the first row in shortfall, or nil when none was seen.
  public let onset: Timestamp?
  /// Whether some positive row of the episode was not in shortfall, so that the onset population holds a part of it.
  public let hasOnsetRows: Bool

  /// Whether the population holds one of the episode's positive rows.
  public func isIn(_ population: Population) -> Bool {
    population == .state || hasOnsetRows
  }

  /// The episodes of rows in time order: by market name, sell before buy, then time.
  public static func all(in rows: [EvaluationRow], _ definition: EpisodeDefinition) -> [ShortfallEpisode] {
    RowStream.all(of: rows).flatMap { all(in: $0, of: rows, definition) }
  }

  static func all(
    in stream: RowStream, of rows: [EvaluationRow], _ definition: EpisodeDefinition
  ) -> [ShortfallEpisode] {
    let positives = stream.rows.filter { rows[$0].outcome == true }
    let states = stream.rows.filter { rows[$0].inShortfall == true }
    var nextState = 0
    let ranges = runs(ofTimes: positives.map { rows[$0].time }, closerThan: definition.gap)
    return ranges.map { run in
      let first = rows[positives[run.lowerBound]].time
      let last = rows[positives[run.upperBound - 1]].time
      let nextFirst = run.upperBound < positives.count ? rows[positives[run.upperBound]].time : .distantFuture
      while nextState < states.count, rows[states[nextState]].time < first { nextState += 1 }
      let onset = nextState < states.count ? rows[states[nextState]].time : nil
      return ShortfallEpisode(
        market: stream.market, side: stream.side, firstPositive: first, lastPositive: last,
        onset: onset.flatMap { $0 <= last + definition.horizon && $0 < nextFirst ? $0 : nil },
        hasOnsetRows: positives[run].contains { Population.onset.contains(rows[$0]) })
    }
  }

  /// The number of runs of positive rows per market, both sides together, among the rows of a population: the sample
  /// size of a conclusion.
  static func marketCount(
    in rows: [EvaluationRow], population: Population, gap: TimeSpan
  ) -> [MarketName: Int] {
    var times: [MarketName: [Timestamp]] = [:]
    for row in rows where row.outcome == true && population.contains(row) {
      times[row.market, default: []].append(row.time)
    }
    return times.mapValues { runs(ofTimes: $0, closerThan: gap).count }
  }
}
