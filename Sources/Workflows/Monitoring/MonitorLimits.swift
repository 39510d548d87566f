internal import Markets
internal import Reporting
internal import Validation

/// What a stream has to keep to, and whether it does.
struct MonitorLimits {
  /// The level at which a test of coverage says no.
  private static let significance = 0.01

  let limits: [MonitorLimit]

  init(_ evaluation: EvaluationReport, _ coverage: [MonitoredCoverage], _ drift: MonitoredDrift) {
    let evidence = evaluation.overall.onset.evidence
    limits =
      [Self.calibration(evaluation.overall.onset.model.observedToExpected, evidence), Self.drift(drift)]
      + Self.inForce(coverage).map { Self.coverage($0, evidence) }
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

  private static func coverage(_ coverage: MonitoredCoverage, _ evidence: Evidence) -> MonitorLimit {
    let name = "coverage at \(Figures.percent(coverage.score.level, 1)), \(coverage.score.forecaster)"
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
