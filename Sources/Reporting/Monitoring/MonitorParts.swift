public import Markets
public import ModelStore
public import Validation

/// Quantiles of the close-out loss at one level, as one forecaster said them, beside the losses that followed.
public struct MonitoredCoverage: Codable, Hashable, Sendable {
  /// `champion` or `challenger`.
  public let role: String
  /// The score; its forecaster is `fixed` for what the model said and `adapted` for what the stream made of it.
  public let score: QuantileScore
  /// The number of trials: origins of each market and side at least one information span apart.
  public let trials: Int
  /// The number of trials whose loss was above the quantile.
  public let exceedances: Int
  /// Kupiec's one-sided test of the trials against too many exceedances.
  public let kupiec: CoverageTestResult

  /// Creates figures.
  public init(role: String, score: QuantileScore, trials: Int, exceedances: Int, kupiec: CoverageTestResult) {
    self.role = role
    self.score = score
    self.trials = trials
    self.exceedances = exceedances
    self.kupiec = kupiec
  }
}

/// The alerts that were raised, beside the episodes that followed.
public struct MonitoredAlerts: Codable, Sendable {
  /// The number of rows that were alerts.
  public let rows: Int
  /// All markets together.
  public let overall: EpisodeReport
  /// Each market alone.
  public let markets: NamedValues<EpisodeReport>

  /// Creates figures.
  public init(rows: Int, overall: EpisodeReport, markets: NamedValues<EpisodeReport>) {
    self.rows = rows
    self.overall = overall
    self.markets = markets
  }
}

/// Whether what is said, and how right it is, changes over time.
public struct MonitoredDrift: Codable, Sendable {
  /// One stretch of time.
  public struct Period: Codable, Sendable {
    /// Its start.
    public let start: Timestamp
    /// Rows in it, matured or not.
    public let rows: Int
    /// The stability index of the probabilities against the first period's; nil of the first.
    public let stabilityIndex: Double?
    /// What the index asks for: `stable`, `warning` or `action`.
    public let level: String?
    /// The mean probability.
    public let meanProbability: Double?
    /// The matured rows.
    public let matured: Int
    /// Their event rate.
    public let eventRate: Double?
    /// Their mean log loss, in nats.
    public let logLoss: Double?

    /// Creates a period.
    public init(
      start: Timestamp, rows: Int, stabilityIndex: Double?, level: String?, meanProbability: Double?, matured: Int,
      eventRate: Double?, logLoss: Double?
    ) {
      self.start = start
      self.rows = rows
      self.stabilityIndex = stabilityIndex
      self.level = level
      self.meanProbability = meanProbability
      self.matured = matured
      self.eventRate = eventRate
      self.logLoss = logLoss
    }
  }

  /// The length of a period in seconds.
  public let periodSeconds: Double
  /// The periods with rows, in order.
  public let periods: [Period]

  /// Creates figures.
  public init(periodSeconds: Double, periods: [Period]) {
    self.periodSeconds = periodSeconds
    self.periods = periods
  }
}

/// What drift monitors said of matured outcomes, in the order in which these were known.
public struct MonitoredSignals: Codable, Sendable {
  /// One signal.
  public struct Entry: Codable, Hashable, Sendable {
    /// When the outcome that led to it was known.
    public let time: Timestamp
    /// What was said.
    public let said: DriftPanel.Signal

    /// Creates an entry.
    public init(time: Timestamp, said: DriftPanel.Signal) {
      self.time = time
      self.said = said
    }
  }

  /// What one monitor did in the last period.
  public struct Watcher: Codable, Hashable, Sendable {
    /// The market.
    public let market: MarketName
    /// What it watches.
    public let series: MonitoredSeries
    /// How it watches.
    public let method: MonitorDesign.MethodName
    /// The values that it was told.
    public let values: Int
    /// How often it spoke.
    public let signals: Int

    /// Creates figures.
    public init(
      market: MarketName, series: MonitoredSeries, method: MonitorDesign.MethodName, values: Int, signals: Int
    ) {
      self.market = market
      self.series = series
      self.method = method
      self.values = values
      self.signals = signals
    }
  }

  /// Whether thresholds were found on recorded or on simulated markets.
  public let provenance: Provenance
  /// The average number of outcomes until a false alarm of each monitor.
  public let averageRunLength: Double
  /// The outcomes and losses that were watched.
  public let watched: Int
  /// The signals.
  public let signals: [Entry]
  /// Each monitor in the last period, in the order of the plan.
  public let lastPeriod: [Watcher]

  /// Creates figures.
  public init(
    provenance: Provenance, averageRunLength: Double, watched: Int, signals: [Entry], lastPeriod: [Watcher]
  ) {
    self.provenance = provenance
    self.averageRunLength = averageRunLength
    self.watched = watched
    self.signals = signals
    self.lastPeriod = lastPeriod
  }
}

/// The challenger beside the champion, on the rows of which both said something.
public struct ChallengerReport: Codable, Sendable {
  /// What is to be done.
  public enum Verdict: String, Codable, Sendable {
    /// The challenger passes the gate, and its advantage is above zero with the interval's confidence.
    case promote
    /// It does not.
    case keep
    /// There is too little to say.
    case insufficientEvidence
  }

  /// The challenger's name.
  public let name: String
  /// The SHA-256 of the challenger's `model.json`: two models may have one name.
  public let digest: String
  /// The champion's name.
  public let champion: String
  /// The SHA-256 of the champion's `model.json`.
  public let championDigest: String
  /// The probabilities of both on rows not in shortfall: the challenger is the model and `champion` the baseline.
  public let scores: EvaluationReport.Scores
  /// Quantiles at each level, champion before challenger; pinball loss is saved against the champion.
  public let quantiles: [QuantileScore]
  /// The nightly job's gate, with the champion in the place of the best baseline.
  public let gate: GateDecision
  /// What is to be done.
  public let verdict: Verdict
  /// Why, in words.
  public let reason: String

  /// Creates a report.
  public init(
    name: String, digest: String, champion: String, championDigest: String, scores: EvaluationReport.Scores,
    quantiles: [QuantileScore], gate: GateDecision,
    verdict: Verdict, reason: String
  ) {
    self.name = name
    self.digest = digest
    self.champion = champion
    self.championDigest = championDigest
    self.scores = scores
    self.quantiles = quantiles
    self.gate = gate
    self.verdict = verdict
    self.reason = reason
  }
}

/// How the margins of one market moved.
public struct MarginActivity: Codable, Hashable, Sendable {
  /// The market.
  public let market: MarketName
  /// Changes of a tier's margin, both sides.
  public let changes: Int
  /// Those that raised it.
  public let raises: Int
  /// Changes for each UTC day with rows.
  public let changesPerDay: Double
  /// The largest multiple by which a margin was raised at once; nil without a raise from above zero.
  public let largestRaise: Double?

  /// Creates figures.
  public init(market: MarketName, changes: Int, raises: Int, changesPerDay: Double, largestRaise: Double?) {
    self.market = market
    self.changes = changes
    self.raises = raises
    self.changesPerDay = changesPerDay
    self.largestRaise = largestRaise
  }
}
