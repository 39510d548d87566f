public import Ledger
internal import Margining
public import Markets
internal import ModelStore
public import Reporting
public import Validation

/// Judges a stream from its ledger: no model, no book and no configuration is read.
public struct LedgerMonitor {
  /// How it is judged.
  public struct Settings: Sendable {
    /// The origins that are judged.
    public var window = LedgerWindow()
    /// The length of the periods that are compared.
    public var period = TimeSpan.days(7)
    /// Drift monitors with their thresholds; nil for none.
    public var monitors: DriftPlan?
    /// How intervals are computed.
    public var bootstrap = DayBlockBootstrap()

    /// One week's periods, over all that the ledger holds.
    public init() {}
  }

  let models: [ModelRecord]
  let digests: [String]
  /// Every row of the window, in the order of time.
  let rows: [LedgerRow]
  /// Rows of warm markets that the champion spoke of.
  let judged: [JudgedRow]
  let quantiles: [LedgerQuantile]
  let margins: [MarginRecord]
  let champion: ModelRecord
  let settings: Settings

  /// Reads what a ledger holds of the window.
  ///
  /// - Throws: `LedgerFailure`; `MonitorFailure` when no champion spoke in the window.
  public init(_ ledger: Ledger, _ settings: Settings = Settings()) throws {
    self.settings = settings
    let models = try ledger.models()
    let (rows, digests) = try ledger.rows(in: settings.window)
    self.models = models
    self.rows = rows
    self.digests = digests
    judged = rows.compactMap(JudgedRow.init)
    quantiles = try ledger.quantiles(in: settings.window)
    margins = try ledger.margins(in: settings.window)
    guard let last = rows.last(where: { $0.champion != nil })?.champion,
      let champion = models.last(where: { $0.digest == digests[last.model] })
    else { throw MonitorFailure.nothingSaid(path: ledger.path) }
    self.champion = champion
  }

  /// The report.
  ///
  /// Event rates and the length of the horizon are those of the newest champion.
  ///
  /// - Throws: `EvaluationFailure` when the rows cannot be judged.
  public func report() throws -> MonitorReport {
    let evaluation = try evaluation()
    let coverage = coverage(of: quantiles)
    let byMarket = coverageByMarket()
    let drift = drift()
    let monitors = signals()
    return MonitorReport(
      provenance: provenance, first: rows.first?.origin.time ?? .distantPast,
      last: rows.last?.origin.time ?? .distantPast, models: monitoredModels(), counts: counts(), evaluation: evaluation,
      interventions: interventions(), coverage: coverage, coverageByMarket: byMarket,
      alerts: try alerts(), drift: drift,
      monitors: monitors, challenger: try ChallengerJudgement(self)?.report(), margins: marginActivity(),
      limits: MonitorLimits(evaluation, coverage, byMarket, drift).limits + silence(monitors))
  }

  private func coverage(of quantiles: [LedgerQuantile]) -> [MonitoredCoverage] {
    CoverageJudgement(quantiles, informationSpan: champion.informationSpan, settings.bootstrap).figures()
  }

  private func coverageByMarket() -> NamedValues<[MonitoredCoverage]> {
    let markets = Dictionary(grouping: quantiles, by: \.origin.market)
    if markets.count < 2 { return NamedValues([]) }
    return NamedValues(markets.map { ($0.key.text, coverage(of: $0.value)) })
  }

  var provenance: Provenance { Provenance(of: Set(rows.map(\.origin.market))) }

  var definition: EpisodeDefinition { EpisodeDefinition(horizon: champion.informationSpan) }

  var rates: ReferenceRates {
    func rates(_ rates: ModelRecord.Rates) -> ByPopulation<Double> {
      ByPopulation(onset: rates.onset, state: rates.state)
    }
    return ReferenceRates(overall: rates(champion.rates), markets: champion.marketRates.mapValues(rates))
  }

  /// Judges probabilities beside others on the same rows.
  func evaluation(
    _ rows: [EvaluationRow], model: Scorer, baselines: [Scorer] = []
  ) throws -> EvaluationReport {
    do {
      return try Evaluation(
        rows: rows, model: model, baselines: baselines, referenceRates: rates,
        settings: EvaluationSettings(episodes: definition, provenance: provenance, bootstrap: settings.bootstrap)
      ).report()
    } catch {
      throw EvaluationFailure.unusable("\(error)")
    }
  }

  private func evaluation() throws -> EvaluationReport {
    try evaluation(
      judged.map(\.row),
      model: Scorer(name: "champion", predictions: .probabilities(judged.map(\.said.probability))))
  }
}

/// A row of a warm market that the champion spoke of.
struct JudgedRow {
  /// What is known of it; the outcome is nil when it is censored, and while it is not known.
  let row: EvaluationRow
  let said: LedgerRow.Said
  let challenger: LedgerRow.Said?
  let hasIntervention: Bool

  init?(_ row: LedgerRow) {
    guard !row.isWarming, let said = row.champion else { return nil }
    var outcome: Bool?
    if case .known(let happened) = row.outcome { outcome = happened }
    self.row = EvaluationRow(
      market: row.origin.market, side: row.origin.side, time: row.origin.time, outcome: outcome,
      inShortfall: row.inShortfall)
    self.said = said
    challenger = row.challenger
    hasIntervention = row.hasIntervention
  }
}

/// Why a ledger cannot be monitored.
public enum MonitorFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The ledger holds no prediction of the window.
  case nothingSaid(path: String)

  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .nothingSaid(let path): "\(path): it holds no prediction of this window"
    }
  }
}
