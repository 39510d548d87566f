public import Markets
public import Validation

/// What a search over settings of trees found.
public struct SearchRecord: Sendable {
  /// Why a search ended.
  public enum End: Hashable, Sendable {
    /// So many trials were asked for.
    case trials
    /// Its time was over.
    case budget
    /// It was asked to end.
    case request
    /// Every setting of its space has been tried.
    case exhausted
  }

  /// What trees are compared with on the same folds.
  public struct Reference: Hashable, Sendable {
    /// The name of the rule or family.
    public let name: String
    /// Its log loss on the folds.
    public let losses: FoldLosses

    /// Creates a reference.
    public init(name: String, losses: FoldLosses) {
      self.name = name
      self.losses = losses
    }
  }

  /// The rows of the folds.
  public struct Judged: Hashable, Sendable {
    /// The number of onset rows of known outcome.
    public let rows: Int
    /// Positive rows, episodes and days among them.
    public let evidence: Evidence
    /// The number of folds.
    public let folds: Int

    /// Creates the counts.
    public init(rows: Int, evidence: Evidence, folds: Int) {
      self.rows = rows
      self.evidence = evidence
      self.folds = folds
    }
  }

  /// The configuration's name.
  public let name: String
  /// Whether the markets were recorded or simulated.
  public let provenance: Provenance
  /// The window's first instant, included.
  public let from: Timestamp
  /// The window's end, excluded.
  public let to: Timestamp
  /// What every trial was judged on.
  public let judged: Judged
  /// The trials in the order in which they were finished.
  public let trials: [TrialRecord]
  /// The logistic regression, where the configuration has one, and the baseline of the least loss.
  public let references: [Reference]
  /// By how much of the best trial's loss on the same first folds a trial's loss may be above it before it is discarded.
  public let discardMargin: Double
  /// Why the search ended.
  public let end: End

  /// The number of draws that were left out because they repeat an earlier trial.
  public var repeats: Int { (trials.last?.number ?? 0) - trials.count }

  /// Creates a record.
  public init(
    name: String, provenance: Provenance, from: Timestamp, to: Timestamp, judged: Judged, trials: [TrialRecord],
    references: [Reference], discardMargin: Double, end: End
  ) {
    self.name = name
    self.provenance = provenance
    self.from = from
    self.to = to
    self.judged = judged
    self.trials = trials
    self.references = references
    self.discardMargin = discardMargin
    self.end = end
  }
}
