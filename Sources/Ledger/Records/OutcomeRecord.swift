public import Markets

/// What followed an origin, known since its horizon has ended.
public struct OutcomeRecord: Hashable, Sendable {
  /// Whether depth fell short, or why nobody knows.
  public enum Shortfall: Hashable, Sendable {
    /// It did, or did not.
    case known(Bool)
    /// Unknown, which never means "no"; the reason's name.
    case censored(String)
  }

  /// What closing a position out cost.
  public struct Loss: Hashable, Sendable {
    /// The size of the position in quote currency.
    public let notional: Double
    /// The loss as a fraction of notional.
    public let loss: Double

    /// Creates a loss.
    public init(notional: Double, loss: Double) {
      self.notional = notional
      self.loss = loss
    }
  }

  /// The question.
  public let origin: LedgerOrigin
  /// The instant of the book that completed it.
  public let maturedAt: Timestamp
  /// Whether depth fell short.
  public let shortfall: Shortfall
  /// The close-out losses that are known.
  public let losses: [Loss]

  /// Creates a record.
  public init(origin: LedgerOrigin, maturedAt: Timestamp, shortfall: Shortfall, losses: [Loss]) {
    self.origin = origin
    self.maturedAt = maturedAt
    self.shortfall = shortfall
    self.losses = losses
  }
}
