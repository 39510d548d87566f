import Markets
import Parallelism

/// Judges a model beside baselines on the same rows, per market and overall, on onset and state rows.
public struct Evaluation: Sendable {
  private let rows: [EvaluationRow]
  private let scorers: [Scorer]
  private let referenceRates: ReferenceRates
  private let settings: EvaluationSettings

  /// Takes rows of all markets in time order, and predictions for exactly these rows, censored ones included.
  public init(
    rows: [EvaluationRow], model: Scorer, baselines: [Scorer], referenceRates: ReferenceRates,
    settings: EvaluationSettings
  ) throws(EvaluationFault) {
    try rows.checkOrder()
    for (position, scorer) in ([model] + baselines).enumerated() {
      let values = scorer.predictions.values
      guard values.count == rows.count else {
        throw .countMismatch(scorer: scorer.name, rows: rows.count, predictions: values.count)
      }
      if let row = scorer.predictions.firstInvalidRow {
        throw .invalidPrediction(scorer: scorer.name, row: row, value: values[row])
      }
      if position > 0, baselines[..<(position - 1)].contains(where: { $0.name == scorer.name }) {
        throw .duplicateScorer(scorer.name)
      }
    }
    for rates in [referenceRates.overall] + referenceRates.markets.pairs.map(\.value) {
      for population in Population.allCases { try rates[population].checkIsRate() }
    }
    self.rows = rows
    self.scorers = [model] + baselines
    self.referenceRates = referenceRates
    self.settings = settings
  }

  /// The evaluation; all sections share the same resampled days.
  /// - Complexity: O(scorers · resamples · rows), spread over the machine's cores; the same bits for any number.
  public func report() -> EvaluationReport {
    let streams = RowStream.all(of: rows)
    let days = DayIndex(rows.map(\.time.day))
    let markets = Set(rows.map(\.market)).sorted()
    let slices = ([nil] + markets.map(Optional.some)).flatMap { market in
      Population.allCases.map { Slice(rows, streams: streams, market: market, population: $0, settings: settings) }
    }
    let tasks = slices.indices.flatMap { slice in scorers.indices.map { (slice: slice, scorer: $0) } }
    let prepared = concurrentMap(tasks) { prepare(slices[$0.slice], scorers[$0.scorer], days: days) }
    let replicates = Replicates.of(
      prepared.map(\.sample), dayCount: days.days.count, bootstrap: settings.bootstrap)
    let scores = slices.indices.map { slice in
      let own = slice * scorers.count..<(slice + 1) * scorers.count
      return self.scores(slices[slice], prepared: prepared[own], replicates: replicates[own])
    }
    func section(_ index: Int) -> EvaluationReport.Section {
      EvaluationReport.Section(onset: scores[2 * index], state: scores[2 * index + 1])
    }
    return EvaluationReport(
      provenance: settings.provenance, bootstrap: settings.bootstrap, episodeDefinition: settings.episodes,
      overall: section(0),
      markets: NamedValues(markets.enumerated().map { ($0.element.text, section($0.offset + 1)) }))
  }

  /// What one scorer needs before resampling.
  private struct Prepared: Sendable {
    let sample: ScorerSample
    let parts: ProbabilityParts?
    let episodes: [EpisodeReport]
  }

  private func prepare(_ slice: Slice, _ scorer: Scorer, days: DayIndex) -> Prepared {
    let scored = ScoredRows(
      checked: scorer.predictions.selecting(slice.judged), outcomes: slice.outcomes,
      days: slice.judged.map { rows[$0].time.day })
    let alertScores = AlertScores(slice.timeline.rows.map { scorer.predictions.values[$0] })
    return Prepared(
      sample: ScorerSample(
        scored, days: days, referenceRate: referenceRates.rate(of: slice.market, slice.population)),
      parts: ProbabilityParts(
        scored, days: days, binCount: settings.reliabilityBins, bootstrap: settings.bootstrap),
      episodes: settings.alertBudgets.map { EpisodeReport(slice.timeline, budget: $0, scores: alertScores) })
  }

  private func scores(
    _ slice: Slice, prepared: ArraySlice<Prepared>, replicates: ArraySlice<Replicates>
  ) -> EvaluationReport.Scores {
    let cards = zip(prepared, replicates).map { ScoreCard($1, parts: $0.parts, episodes: $0.episodes) }
    let named = zip(scorers, zip(cards, replicates)).dropFirst()
    let model = replicates[replicates.startIndex]
    let positives = slice.outcomes.count(where: \.self)
    let days = Set(slice.judged.map { rows[$0].time.day }).count
    return EvaluationReport.Scores(
      rows: slice.judged.count, censored: slice.censored, positives: positives,
      prevalence: slice.judged.isEmpty ? nil : Double(positives) / Double(slice.judged.count), days: days,
      referenceRate: referenceRates.rate(of: slice.market, slice.population),
      evidence: Evidence(positives: positives, episodes: slice.episodes.markets, days: days),
      episodes: slice.episodes, model: cards[0],
      baselines: NamedValues(named.map { ($0.name, $1.0) }),
      differences: NamedValues(named.map { ($0.name, PairedDifference(model: model, baseline: $1.1)) }))
  }
}

/// The rows of one market (or all) and one population.
private struct Slice: Sendable {
  let market: MarketName?
  let population: Population
  /// The rows with a known outcome, as positions in the evaluation's rows.
  let judged: [Int]
  let outcomes: [Bool]
  let censored: Int
  let timeline: AlertTimeline
  let episodes: EvaluationReport.EpisodeCounts

  init(
    _ rows: [EvaluationRow], streams: [RowStream], market: MarketName?, population: Population,
    settings: EvaluationSettings
  ) {
    self.market = market
    self.population = population
    let members = rows.indices.filter {
      (market == nil || rows[$0].market == market) && population.contains(rows[$0])
    }
    judged = members.filter { rows[$0].outcome != nil }
    outcomes = judged.map { rows[$0].outcome == true }
    censored = members.count - judged.count
    timeline = AlertTimeline(
      rows, streams: streams.filter { market == nil || $0.market == market }, population: population,
      definition: settings.episodes)
    let sides = timeline.streams.flatMap(\.episodes)
    let perMarket = ShortfallEpisode.marketCount(in: rows, population: population, gap: settings.episodes.gap)
    episodes = EvaluationReport.EpisodeCounts(
      markets: market.map { perMarket[$0] ?? 0 } ?? perMarket.values.reduce(0, +), sides: sides.count,
      unknownOnsets: sides.count { $0.onset == nil }, marketDays: timeline.marketDays)
  }
}
