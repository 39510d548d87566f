public import Markets

/// What a ledger holds of one origin.
public struct LedgerRow: Hashable, Sendable {
  /// What a model said.
  public struct Said: Hashable, Sendable {
    /// The position of the model in the ledger's list.
    public let model: Int
    /// The probability, 0 to 1.
    public let probability: Double
    /// Whether the policy asked for more than the scheduled margin.
    public let isAlert: Bool
  }

  /// The question.
  public let origin: LedgerOrigin
  /// Whether the book was in shortfall; nil when unknown.
  public let inShortfall: Bool?
  /// Whether the market was still warming up.
  public let isWarming: Bool
  /// Whether a margin of ours was in force.
  public let hasIntervention: Bool
  /// What followed; nil while nobody can know.
  public let outcome: OutcomeRecord.Shortfall?
  /// When it was known; nil while it is not.
  public let maturedAt: Timestamp?
  /// What the champion said.
  public internal(set) var champion: Said?
  /// What the challenger said.
  public internal(set) var challenger: Said?
}

/// What was said of one level of the close-out loss at one origin, and the loss that followed.
public struct LedgerQuantile: Hashable, Sendable {
  /// The question.
  public let origin: LedgerOrigin
  /// Who said it.
  public let role: ModelRole
  /// The level.
  public let level: Double
  /// What the model said, as a fraction of notional.
  public let said: Double
  /// What the outcomes before made of it; nil where nothing adapts.
  public let adapted: Double?
  /// The loss that followed.
  public let loss: Double
}

/// A window of time, its start included and its end excluded.
public struct LedgerWindow: Hashable, Sendable {
  /// The first instant.
  public let start: Timestamp
  /// The end, excluded.
  public let end: Timestamp

  /// Creates a window; the whole of time when nothing is given.
  public init(from start: Timestamp = .distantPast, to end: Timestamp = .distantFuture) {
    self.start = start
    self.end = end
  }
}
