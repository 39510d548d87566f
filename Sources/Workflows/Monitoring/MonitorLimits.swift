internal import Markets
internal import Reporting
internal import Validation

/// What a stream has to keep to, and whether it does.
struct MonitorLimits {
  /// The level at which a test of coverage says no.
  static let significance = 0.01

  let limits: [MonitorLimit]

  init(
    _ evaluation: EvaluationReport, _ coverage: [MonitoredCoverage], _ byMarket: NamedValues<[MonitoredCoverage]>,
    _ drift: MonitoredDrift
  ) {
    let evidence = evaluation.overall.onset.evidence
    limits =
      [Self.calibration(evaluation.overall.onset.model.observedToExpected, evidence), Self.drift(drift)]
      + Self.inForce(coverage).flatMap { pooled in
        [Self.coverage(pooled)] + (Self.worstMarket(byMarket, pooled.score.level).map { [$0] } ?? [])
      }
  }

  /// The champion's adapted quantiles, or its fixed ones where nothing adapts.
  private static func inForce(_ coverage: [MonitoredCoverage]) -> [MonitoredCoverage] {
    let own = coverage.filter { $0.role == "champion" }
    let adapted = own.filter { $0.score.forecaster == "adapted" }
    return adapted.isEmpty ? own : adapted
  }

  /// As many events as the probabilities add up to, within the interval.
  private static func calibration(_ ratio: Estimate, _ evidence: Evidence) -> MonitorLimit {
    let name = "calibration"
    guard evidence.isSufficient, let low = ratio.low, let high = ratio.high else {
      return MonitorLimit(name: name, state: .undecided, reason: "\(evidence)")
    }
    return MonitorLimit(
      name: name, state: low <= 1 && 1 <= high ? .kept : .broken,
      reason: "observed over expected \(Figures.interval(ratio, scale: 1, places: 2)); 1 must lie within")
  }

  /// The newest period's probabilities lie where the first period's did.
  private static func drift(_ drift: MonitoredDrift) -> MonitorLimit {
    let name = "drift of the probabilities"
    guard let index = drift.periods.last?.stabilityIndex else {
      return MonitorLimit(name: name, state: .undecided, reason: "there is one period only")
    }
    let bound = Figures.decimal(StabilityIndex.Level.actionFrom, 2)
    return MonitorLimit(
      name: name, state: StabilityIndex.Level(index) == .action ? .broken : .kept,
      reason: "stability index \(Figures.decimal(index, 3)) in the last period; below \(bound) is kept")
  }

  private static func name(_ score: QuantileScore) -> String {
    "coverage at \(Figures.percent(score.level, 1)), \(score.forecaster)"
  }

  /// The market whose quantile of a level is most surely exceeded too often; nil where there is one market only.
  ///
  /// One of so many looks bad by chance, so its p-value counts times their number.
  private static func worstMarket(
    _ byMarket: NamedValues<[MonitoredCoverage]>, _ level: Double
  ) -> MonitorLimit? {
    let markets = byMarket.pairs.compactMap { market in
      inForce(market.value).first { $0.score.level == level }.map { (name: market.name, coverage: $0) }
    }
    guard let score = markets.first?.coverage.score else { return nil }
    let name = "\(Self.name(score)), each market"
    let judged = markets.filter { $0.coverage.score.days >= Evidence.required.days }
      .compactMap { market in market.coverage.kupiec.pValue.map { (market: market, pValue: $0) } }
    guard let worst = judged.min(by: { $0.pValue < $1.pValue }) else {
      return MonitorLimit(name: name, state: .undecided, reason: "no market has \(Evidence.required.days) days")
    }
    let pValue = min(1, worst.pValue * Double(judged.count))
    let figures = worst.market.coverage
    return MonitorLimit(
      name: name, state: pValue < significance ? .broken : .kept,
      reason: """
        \(worst.market.name): \(figures.exceedances) of \(figures.trials) losses above the quantile, Kupiec p \
        \(Figures.decimal(pValue, 4)) for the worst of \(judged.count); below \(Figures.decimal(significance, 2)) is too many
        """)
  }

  private static func coverage(_ coverage: MonitoredCoverage) -> MonitorLimit {
    let name = Self.name(coverage.score)
    let days = coverage.score.days
    guard days >= Evidence.required.days, let pValue = coverage.kupiec.pValue else {
      return MonitorLimit(name: name, state: .undecided, reason: "\(days) of \(Evidence.required.days) days")
    }
    return MonitorLimit(
      name: name, state: pValue < significance ? .broken : .kept,
      reason: """
        \(coverage.exceedances) of \(coverage.trials) losses above the quantile, Kupiec p \(Figures.decimal(pValue, 4)); \
        below \(Figures.decimal(significance, 2)) is too many
        """)
  }
}
