public import MarketData
public import Markets
public import Validation

/// How a model came about: its data, its fit and what the walk-forward inside the training window said of it.
public struct TrainingRecord: Codable, Sendable {
  /// The training window's first instant, included.
  public let from: Timestamp
  /// The training window's end, excluded.
  public let to: Timestamp
  /// The files that were read, with their digests, in name order.
  public let files: [FileDigest]
  /// Snapshots in the training window.
  public let snapshots: Int
  /// Rows that the final model was fitted to.
  public let rows: Int
  /// Positive rows among them.
  public let positives: Int
  /// Rows of unknown outcome, left out.
  public let censored: Int
  /// The event rates over the window.
  public let rates: ReferenceRates
  /// The library that solved the linear systems; results agree between libraries up to rounding only.
  public let linearAlgebraProvider: String
  /// The families that were judged, and which of them is stored.
  public let families: FamilyComparison
  /// How the logistic regression came about; nil when there is none in the model.
  public let linear: LinearTraining?
  /// How the trees came about; nil when there are none in the model.
  public let boosting: BoostingTraining?
  /// How the weight of the blend came about; nil when the model is none.
  public let blend: BlendTraining?
  /// Scores of the walk-forward inside the training window, every fold judged by models that never saw it.
  public let walkForward: EvaluationReport
  /// Whether the model may replace the current one.
  public let gate: GateDecision

  /// Positive rows over rows.
  public var rate: Double { rows == 0 ? 0 : Double(positives) / Double(rows) }

  /// Creates a record.
  public init(
    from: Timestamp, to: Timestamp, files: [FileDigest], snapshots: Int, rows: Int, positives: Int, censored: Int,
    rates: ReferenceRates, linearAlgebraProvider: String, families: FamilyComparison,
    linear: LinearTraining?, boosting: BoostingTraining?, blend: BlendTraining?, walkForward: EvaluationReport,
    gate: GateDecision
  ) {
    self.from = from
    self.to = to
    self.files = files
    self.snapshots = snapshots
    self.rows = rows
    self.positives = positives
    self.censored = censored
    self.rates = rates
    self.linearAlgebraProvider = linearAlgebraProvider
    self.families = families
    self.linear = linear
    self.boosting = boosting
    self.blend = blend
    self.walkForward = walkForward
    self.gate = gate
  }
}

/// Whether a candidate model is good enough to be promoted.
public struct GateDecision: Codable, Hashable, Sendable {
  /// The baseline with the lowest walk-forward log loss.
  public let bestBaseline: String
  /// `1 − log loss of the model / log loss of the best baseline`, over the walk-forward's rows.
  public let skill: Double
  /// The least skill that is promoted.
  public let minimumSkill: Double

  /// Whether the candidate is promoted.
  public var isPassed: Bool { skill >= minimumSkill }

  /// Creates a decision.
  public init(bestBaseline: String, skill: Double, minimumSkill: Double) {
    self.bestBaseline = bestBaseline
    self.skill = skill
    self.minimumSkill = minimumSkill
  }
}
