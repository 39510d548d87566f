import Backtesting
import Markets
import Testing
import Validation

/// A back-test's report with an entry in every part but the quality of probabilities, whose numbers mean nothing.
enum BacktestFixture {
  private static let estimate = Estimate(value: 0.5, low: 0.25, high: 0.75)
  private static let instant = Timestamp(nanoseconds: 0)

  static func report() throws -> BacktestReport {
    let market = try #require(MarketName("ETH|USD"))
    return BacktestReport(
      provenance: .simulated, setting: setting, policies: [policy(market)], comparisons: [comparison],
      frontiers: [
        Frontier(policy: "policy", points: [.init(scale: 1, meanMargin: 0.02, coverage: 0.99, shortfallUSD: 12)])
      ],
      coverage: [
        CoverageCurve(
          name: "fixed", group: "all", points: [.init(day: "1970-01-01", rolling: 0.9, cumulative: 0.95)])
      ],
      episodes: [
        LossEpisode(
          market: market, side: .sell, start: instant, end: instant, worstLoss: 0.05, shortfallUSD: [100],
          marginAtStart: [0.02])
      ],
      series: [
        MarketSeries(
          market: market, side: .buy, times: [instant], mids: [100], depths: [1e6], probabilities: [0.1],
          losses: [0.03], margins: [[0.02]])
      ],
      fund: [
        FundDraw(
          policy: "policy", accounts: 1_200, liquidations: 34, liquidationsByRaise: 5, draws: 6, drawUSD: estimate,
          meanInitialMargin: 0.04)
      ],
      raises: (1...11).map { raise(market, rise: Double($0) / 1_000) },
      stepResponses: [
        StepResponse(policy: "ewma", before: 0.02, plateau: 2, peak: 2.5, overshoot: 0.5, halfLifeHours: 6)
      ])
  }

  private static let setting = BacktestSetting(
    model: "tiny", training: "stored", policy: "policy.yaml", from: instant, to: instant, horizon: .hours(2),
    target: 0.99, notionals: [10_000, 100_000], headlineNotional: 100_000, snapshots: 2, known: 1, days: 1,
    notes: ["nothing is real"])

  private static func policy(_ market: MarketName) -> PolicyReport {
    let names = [
      ("all", "all"), ("market", market.text), ("regime", "calm"), ("notional", "10000"),
      ("market-notional", market.text + " 10000"),
    ]
    let groups = names.map { kind, name in
      GroupFigures(
        group: Group(kind: kind, name: name), rows: 100, exceedances: 1, coverage: estimate, meanMargin: estimate,
        meanShortfall: estimate, shortfallUSD: 1_234)
    }
    return PolicyReport(
      policy: "policy", summary: "what it is", groups: groups,
      tests: [
        CoverageTests(
          market: market, trials: 50, exceedances: 1,
          results: [TestResult(test: "kupiec", statistic: 0.5, pValue: 0.04, isRejected: true)], trafficLight: "green")
      ],
      procyclicality: [
        Procyclicality(
          market: market, peakToTrough: 2, rise1h: 0.01, rise1d: 0.02, rise5d: 0.03, rise30d: 0.04, changesPerDay: 3,
          marginCallUSD: 4_000)
      ])
  }

  private static let comparison = PolicyComparison(
    group: "all", ours: "policy", competitor: "static", ourMarginAtTarget: 0.02, theirMarginAtTarget: 0.03,
    marginSaved: estimate, ourShortfallUSD: 100, theirShortfallUSD: 200, shortfallSaved: estimate,
    pinball: ScoreComparison(days: 47, ours: 0.0003, theirs: 0.0004, statistic: 2, pValue: 0.0455),
    tail: ScoreComparison(days: 46, ours: -3.4, theirs: -3.2, statistic: 3, pValue: 0.0027))

  private static func raise(_ market: MarketName, rise: Double) -> RaiseReport {
    let cascade = FeedbackFigures.Cascade(firstRoundUSD: 400, totalUSD: 700, amplification: 1.75, priceImpact: 0.007)
    return RaiseReport(
      time: instant, market: market, side: .sell, before: 0.01, after: 0.01 + rise, binding: "requirement",
      injection: InjectionFigures(
        coverUSD: 1_000, equalRiskUSD: 2_000, withinBasisPoints: 25, injectionCostPerDay: 3, raiseCostPerDay: 4,
        cheaper: "injection"),
      feedback: FeedbackFigures(limitUSD: 100, appliedAtOnce: 0.012, unguarded: cascade, guarded: cascade))
  }
}
