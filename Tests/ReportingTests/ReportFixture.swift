import Markets
import Sampling
import Testing
import Validation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A seeded period of two markets, with a model that knows the risk and two baselines: a noisy one and a ranking.
struct ReportFixture {
  static let provenances: [Provenance] = [.real, .simulated]

  private var rows: [EvaluationRow] = []
  private var fair: [Double] = []
  private var noisy: [Double] = []

  init(seed: UInt64, days: Int) throws {
    let midnight = try #require(Timestamp(seconds: 1_759_276_800))
    let markets = try ["SIM-ALPHA", "SIM-BETA"].map { try #require(MarketName($0)) }
    var generator = SeededGenerator(seed: seed)
    for index in 0..<24 * days {
      let stress = index / 6 % 7 == 0 ? 3.0 : 0
      for market in markets {
        for side in LiquidationSide.allCases {
          let logOdds = -4 + stress + 0.7 * generator.normal()
          let outcome = generator.happens(withProbability: probability(logOdds))
          let isCensored = generator.happens(withProbability: 0.03)
          rows.append(
            EvaluationRow(
              market: market, side: side, time: midnight + .hours(Int64(index)), outcome: isCensored ? nil : outcome,
              inShortfall: generator.happens(withProbability: stress > 0 ? 0.3 : 0.01)))
          fair.append(probability(logOdds))
          noisy.append(probability(logOdds + generator.normal()))
        }
      }
    }
  }

  func report(_ provenance: Provenance) throws -> EvaluationReport {
    try Evaluation(
      rows: rows, model: Scorer(name: "model", predictions: .probabilities(fair)),
      baselines: [
        Scorer(name: "noisy", predictions: .probabilities(noisy)),
        Scorer(name: "ranking", predictions: .ranks(noisy)),
      ],
      referenceRates: ReferenceRates(overall: ByPopulation(onset: 0.05, state: 0.07)),
      settings: EvaluationSettings(
        episodes: EpisodeDefinition(horizon: .hours(2)), provenance: provenance,
        bootstrap: DayBlockBootstrap(resamples: 40, seed: 1),
        alertBudgets: [.threshold(0.2), .falseAlarmsPerMarketDay(1), .shareOfTime(0.05)])
    ).report()
  }

  private func probability(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
}
