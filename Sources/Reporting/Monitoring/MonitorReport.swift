public import Markets
public import Validation

/// How a stream does, from its ledger alone; labels that have not matured count nowhere.
public struct MonitorReport: Codable, Sendable {
  /// Whether the markets were recorded or simulated.
  public let provenance: Provenance
  /// The first origin that was read.
  public let first: Timestamp
  /// The last origin that was read.
  public let last: Timestamp
  /// The models that spoke, in the order in which they came.
  public let models: [MonitoredModel]
  /// What the ledger holds of the window.
  public let counts: MonitorCounts
  /// The champion's probabilities beside what followed, over all markets and for each.
  public let evaluation: EvaluationReport
  /// Rows with and without a margin of ours in force.
  public let interventions: InterventionSplit
  /// The close-out quantiles beside the losses that followed: champion first, levels rising, fixed before adapted.
  public let coverage: [MonitoredCoverage]
  /// The same for each market alone; empty where there is one market only.
  public let coverageByMarket: NamedValues<[MonitoredCoverage]>
  /// The alerts as they were raised, on rows not in shortfall.
  public let alerts: MonitoredAlerts
  /// The champion's probabilities period by period.
  public let drift: MonitoredDrift
  /// What monitors of single markets said; nil when none were given.
  public let monitors: MonitoredSignals?
  /// The challenger beside the champion; nil without one.
  public let challenger: ChallengerReport?
  /// How margins moved, market by market; empty without a policy on the stream.
  public let margins: [MarginActivity]
  /// What a stream has to keep to.
  public let limits: [MonitorLimit]

  /// Creates a report.
  public init(
    provenance: Provenance, first: Timestamp, last: Timestamp, models: [MonitoredModel], counts: MonitorCounts,
    evaluation: EvaluationReport, interventions: InterventionSplit, coverage: [MonitoredCoverage],
    coverageByMarket: NamedValues<[MonitoredCoverage]>, alerts: MonitoredAlerts, drift: MonitoredDrift,
    monitors: MonitoredSignals?,
    challenger: ChallengerReport?, margins: [MarginActivity],
    limits: [MonitorLimit]
  ) {
    self.provenance = provenance
    self.first = first
    self.last = last
    self.models = models
    self.counts = counts
    self.evaluation = evaluation
    self.interventions = interventions
    self.coverage = coverage
    self.coverageByMarket = coverageByMarket
    self.alerts = alerts
    self.drift = drift
    self.monitors = monitors
    self.challenger = challenger
    self.margins = margins
    self.limits = limits
  }
}

/// A model version that spoke.
public struct MonitoredModel: Codable, Hashable, Sendable {
  /// The name in its training configuration.
  public let name: String
  /// The SHA-256 of its `model.json`.
  public let digest: String
  /// `champion` or `challenger`.
  public let role: String
  /// The first line that it was there for.
  public let firstLine: Int
  /// The rows in the window of which it said something in that role.
  public let rows: Int

  /// Creates a description.
  public init(name: String, digest: String, role: String, firstLine: Int, rows: Int) {
    self.name = name
    self.digest = digest
    self.role = role
    self.firstLine = firstLine
    self.rows = rows
  }
}

/// What a ledger holds of a window: rows are origins, each one instant, market and side.
public struct MonitorCounts: Codable, Sendable {
  /// All rows.
  public let rows: Int
  /// Rows of markets that were warming up; they are judged nowhere.
  public let warming: Int
  /// Rows whose outcome is known.
  public let matured: Int
  /// Rows whose outcome nobody will know, by reason.
  public let censored: NamedValues<Int>
  /// Rows whose outcome is not known yet.
  public let pending: Int

  /// Creates counts.
  public init(rows: Int, warming: Int, matured: Int, censored: NamedValues<Int>, pending: Int) {
    self.rows = rows
    self.warming = warming
    self.matured = matured
    self.censored = censored
    self.pending = pending
  }
}

/// Matured rows not in shortfall, apart by whether a margin of ours was in force: a raise changes what follows.
public struct InterventionSplit: Codable, Hashable, Sendable {
  /// What was said and what followed.
  public struct Part: Codable, Hashable, Sendable {
    /// The number of rows.
    public let rows: Int
    /// The number of rows that a shortfall followed.
    public let positives: Int
    /// The sum of the probabilities.
    public let expected: Double

    /// Creates a part.
    public init(rows: Int, positives: Int, expected: Double) {
      self.rows = rows
      self.positives = positives
      self.expected = expected
    }
  }

  /// With a margin of ours in force.
  public let with: Part
  /// Without.
  public let without: Part

  /// Creates a split.
  public init(with: Part, without: Part) {
    self.with = with
    self.without = without
  }
}

/// Something that a stream has to keep to.
public struct MonitorLimit: Codable, Hashable, Sendable {
  /// What became of a limit.
  public enum State: String, Codable, Sendable {
    /// It is kept.
    case kept
    /// It is broken.
    case broken
    /// There is too little evidence to say so.
    case undecided
  }

  /// What is limited.
  public let name: String
  /// What became of it.
  public let state: State
  /// The figure and the limit, in words.
  public let reason: String

  /// Creates a limit.
  public init(name: String, state: State, reason: String) {
    self.name = name
    self.state = state
    self.reason = reason
  }
}
