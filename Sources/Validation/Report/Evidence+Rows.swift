public import Markets

extension Evidence {
  /// The evidence in the rows of a population, given in time order: positive rows, episodes of each market with both sides
  /// together, and days.
  ///
  /// - Parameter gap: Positive rows closer than this belong to one episode.
  public init(in rows: [EvaluationRow], population: Population, gap: TimeSpan) {
    let judged = rows.filter { $0.outcome != nil && population.contains($0) }
    self.init(
      positives: judged.count { $0.outcome == true },
      episodes: ShortfallEpisode.marketCount(in: rows, population: population, gap: gap).values.reduce(0, +),
      days: Set(judged.map(\.time.day)).count)
  }
}
