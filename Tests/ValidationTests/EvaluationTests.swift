import Markets
import Testing
import Validation

@Suite("The evaluation of a model beside baselines")
struct EvaluationTests {
  private let settings = EvaluationSettings(
    episodes: EpisodeDefinition(horizon: .hours(2)), provenance: .simulated,
    bootstrap: DayBlockBootstrap(resamples: 30, seed: 1))
  private let rates = ReferenceRates(overall: ByPopulation(onset: 0.05, state: 0.1))

  private func evaluation(
    _ period: SimulatedPeriod, model: [Double]? = nil, baselines: [Scorer]? = nil, rates: ReferenceRates? = nil
  ) throws -> Evaluation {
    try Evaluation(
      rows: period.rows, model: Scorer(name: "model", predictions: .probabilities(model ?? period.fair)),
      baselines: baselines ?? [
        Scorer(name: "noisy", predictions: .probabilities(period.noisy)),
        Scorer(name: "depth", predictions: .ranks(period.noisy.map(ProbabilityLoss.logOdds))),
      ], referenceRates: rates ?? self.rates, settings: settings)
  }

  @Test("Sections hold their markets' rows, onset those not in shortfall, censored rows apart")
  func slices() throws {
    let period = try SimulatedPeriod(seed: 1, days: 8, rowsPerDay: 24)
    let report = try evaluation(period).report()
    #expect(report.markets.names == ["ETHUSDT", "XRPUSDT"])
    let known = period.rows.filter { $0.outcome != nil }
    #expect(report.overall.state.rows == known.count)
    #expect(report.overall.state.censored == period.rows.count - known.count)
    #expect(report.overall.onset.rows == known.count { $0.inShortfall == false })
    #expect(report.overall.onset.positives == known.count { $0.inShortfall == false && $0.outcome == true })
    let ether = try #require(report.markets["ETHUSDT"])
    #expect(ether.state.rows == known.count { $0.market.text == "ETHUSDT" })
    #expect(ether.state.days == 8)
    #expect(report.overall.onset.referenceRate == 0.05 && ether.state.referenceRate == 0.1)
    #expect(report.overall.onset.baselines.names == ["depth", "noisy"])
  }

  @Test("Each card equals the card of its rows alone")
  func cards() throws {
    let period = try SimulatedPeriod(seed: 2, days: 8, rowsPerDay: 24)
    let report = try evaluation(period).report()
    let members = period.rows.indices.filter {
      period.rows[$0].market.text == "XRPUSDT" && period.rows[$0].outcome != nil
        && period.rows[$0].inShortfall == false
    }
    let rows = try ScoredRows(
      predictions: .probabilities(members.map { period.noisy[$0] }),
      outcomes: members.map { period.rows[$0].outcome == true }, days: members.map { period.rows[$0].time.day })
    let alone = try ScoreCard(of: rows, referenceRate: 0.05, bootstrap: settings.bootstrap)
    let card = try #require(report.markets["XRPUSDT"]?.onset.baselines["noisy"])
    for metric in Metric.allCases { #expect(card[metric] == alone[metric]) }
    #expect(card.brier == alone.brier)
    #expect(card.reliability == alone.reliability)
    #expect(card.episodes.count == AlertBudget.standard.count)
  }

  @Test("Repeated runs give the same report")
  func determinism() throws {
    let period = try SimulatedPeriod(seed: 3, days: 6, rowsPerDay: 24)
    let first = try evaluation(period).report()
    for _ in 0..<3 { #expect(try evaluation(period).report() == first) }
  }

  @Test("A fair model beats the same model with noise, and ranks alone compare by areas only")
  func differences() throws {
    let period = try SimulatedPeriod(seed: 4, days: 20, rowsPerDay: 24)
    let scores = try evaluation(period).report().overall.state
    let noisy = try #require(scores.differences["noisy"])
    #expect(try #require(noisy.logLossSkill.low) > 0)
    let depth = try #require(scores.differences["depth"])
    #expect(depth.rocArea == noisy.rocArea)
    #expect(depth.logLossSkill == .undefined)
  }

  @Test("A market's own reference rate goes before the overall one")
  func marketRates() throws {
    let period = try SimulatedPeriod(seed: 5, days: 4, rowsPerDay: 24)
    let ether = try #require(MarketName("ETHUSDT"))
    let rates = ReferenceRates(
      overall: ByPopulation(onset: 0.05, state: 0.1), markets: [ether: ByPopulation(onset: 0.2, state: 0.3)])
    let report = try evaluation(period, rates: rates).report()
    #expect(report.markets["ETHUSDT"]?.state.referenceRate == 0.3)
    #expect(report.markets["XRPUSDT"]?.state.referenceRate == 0.1)
  }

  @Test("The training rows' own rates count known outcomes, per market and population")
  func trainingRates() throws {
    var training = try rows("..+#?", market: "ETHUSDT")
    training += try rows("....", market: "XRPUSDT")
    training += try rows("##", market: "LTCUSDT")
    let rates = try #require(ReferenceRates(trainingRows: training))
    let ether = MarketName("ETHUSDT")
    #expect(rates.rate(of: nil, .onset) == 1.0 / 7)
    #expect(rates.rate(of: nil, .state) == 0.4)
    #expect(rates.rate(of: ether, .onset) == 1.0 / 3)
    #expect(rates.rate(of: ether, .state) == 0.5)
    // Never out of shortfall: no onset rate of its own.
    #expect(rates.markets.names == ["ETHUSDT", "XRPUSDT"])
    #expect(rates.rate(of: MarketName("LTCUSDT"), .state) == 0.4)
    #expect(ReferenceRates(trainingRows: []) == nil)
  }

  @Test("Episodes count per market for the evidence and per side for the alerts")
  func episodes() throws {
    var all = try rows("..++##..", side: .sell) + rows(".+++##..", side: .buy)
    all.sort { $0.time < $1.time }
    let probabilities = all.map { _ in 0.1 }
    let report = try Evaluation(
      rows: all, model: Scorer(name: "m", predictions: .probabilities(probabilities)), baselines: [],
      referenceRates: rates, settings: settings
    ).report()
    let counts = report.overall.onset.episodes
    #expect(counts.markets == 1 && counts.sides == 2 && counts.marketDays == 1 && counts.unknownOnsets == 0)
    #expect(
      report.overall.onset.evidence.shortages == [
        .positives(found: 5, required: 100), .episodes(found: 1, required: 30), .days(found: 1, required: 15),
      ])
  }

  @Test("No rows give a report of undefined figures")
  func empty() throws {
    let report = try Evaluation(
      rows: [], model: Scorer(name: "m", predictions: .probabilities([])), baselines: [], referenceRates: rates,
      settings: settings
    ).report()
    #expect(report.overall.onset.prevalence == nil)
    #expect(report.overall.state.model.logLoss == .undefined)
    #expect(report.markets.names.isEmpty)
  }

  @Test("Unusable input is named by scorer and row")
  func faults() throws {
    let period = try SimulatedPeriod(seed: 6, days: 1, rowsPerDay: 2)
    let count = period.rows.count
    #expect(throws: EvaluationFault.countMismatch(scorer: "model", rows: count, predictions: 1)) {
      try evaluation(period, model: [0.5])
    }
    var probabilities = period.fair
    probabilities[2] = -0.5
    #expect(throws: EvaluationFault.invalidPrediction(scorer: "model", row: 2, value: -0.5)) {
      try evaluation(period, model: probabilities)
    }
    let twins = ["a", "a"].map { Scorer(name: $0, predictions: .probabilities(period.fair)) }
    #expect(throws: EvaluationFault.duplicateScorer("a")) { try evaluation(period, baselines: twins) }
    let rates = ReferenceRates(overall: ByPopulation(onset: 0.1, state: .nan))
    #expect(throws: EvaluationFault.self) { try evaluation(period, rates: rates) }
  }
}
