import Markets

/// The rows of a population on which alerts can stand, with everything about them that no scorer changes.
struct AlertTimeline: Sendable {
  /// One market and side: a range of the timeline's rows, and the episodes they may warn of.
  struct Stream: Sendable {
    let range: Range<Int>
    let episodes: [ShortfallEpisode]
  }

  let definition: EpisodeDefinition
  let streams: [Stream]
  /// Positions in the evaluation's rows, stream by stream, in time order within a stream.
  let rows: [Int]
  let times: [Timestamp]
  /// How long each row lasts, in seconds.
  let durations: [Double]
  /// Whether an alert on the row is wrong: its outcome is known and negative, and it is not in shortfall.
  let isFalseAlarm: [Bool]
  /// The number of distinct pairs of market and UTC day with rows.
  let marketDays: Int

  init(
    _ rows: [EvaluationRow], streams: [RowStream], population: Population, definition: EpisodeDefinition
  ) {
    self.definition = definition
    var kept: [Int] = []
    var durations: [Double] = []
    var parts: [Stream] = []
    for stream in streams {
      let start = kept.count
      for (position, row) in stream.rows.enumerated() where population.contains(rows[row]) {
        let next = position + 1 < stream.rows.count ? rows[stream.rows[position + 1]].time : rows[row].time
        kept.append(row)
        durations.append(min(next - rows[row].time, definition.gap).seconds)
      }
      let episodes = ShortfallEpisode.all(in: stream, of: rows, definition).filter { $0.isIn(population) }
      parts.append(Stream(range: start..<kept.count, episodes: episodes))
    }
    self.streams = parts
    self.rows = kept
    self.durations = durations
    times = kept.map { rows[$0].time }
    isFalseAlarm = kept.map { rows[$0].outcome == false && rows[$0].inShortfall != true }
    struct MarketDay: Hashable {
      let market: MarketName
      let day: Int
    }
    marketDays = Set(kept.map { MarketDay(market: rows[$0].market, day: rows[$0].time.day) }).count
  }
}
