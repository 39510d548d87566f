public import Markets

/// One question that a stream is asked: an instant, a market and the side on which a liquidation would execute.
///
/// It names a row of the ledger, so that a line that is answered again writes the same row.
public struct LedgerOrigin: Hashable, Sendable {
  /// The instant of the book.
  public let time: Timestamp
  /// The market.
  public let market: MarketName
  /// The side.
  public let side: LiquidationSide

  /// Creates an origin.
  public init(time: Timestamp, market: MarketName, side: LiquidationSide) {
    self.time = time
    self.market = market
    self.side = side
  }
}

/// What was said at an origin, and in which circumstances.
public struct OriginRecord: Hashable, Sendable {
  /// The question.
  public let origin: LedgerOrigin
  /// The number of the line that it came with.
  public let line: Int
  /// Whether the book was in shortfall then; nil when that is unknown.
  public let inShortfall: Bool?
  /// Whether the market was still warming up.
  public let isWarming: Bool
  /// Whether a margin of ours was in force that differs from the scheduled one.
  public let hasIntervention: Bool
  /// What each model said; one for each role at most.
  public let predictions: [PredictionRecord]

  /// Creates a record.
  public init(
    origin: LedgerOrigin, line: Int, inShortfall: Bool?, isWarming: Bool, hasIntervention: Bool,
    predictions: [PredictionRecord]
  ) {
    self.origin = origin
    self.line = line
    self.inShortfall = inShortfall
    self.isWarming = isWarming
    self.hasIntervention = hasIntervention
    self.predictions = predictions
  }
}

/// What a model said at an origin.
public struct PredictionRecord: Hashable, Sendable {
  /// A quantile of the close-out loss.
  public struct Quantile: Hashable, Sendable {
    /// The level, above 0 and below 1.
    public let level: Double
    /// The size of the position in quote currency.
    public let notional: Double
    /// What the model said, as a fraction of notional.
    public let said: Double
    /// What the outcomes so far made of it; nil where nothing adapts.
    public let adapted: Double?

    /// Creates a quantile.
    public init(level: Double, notional: Double, said: Double, adapted: Double?) {
      self.level = level
      self.notional = notional
      self.said = said
      self.adapted = adapted
    }
  }

  /// What the model was to the stream.
  public let role: ModelRole
  /// The model's digest; its record must come before.
  public let model: String
  /// The probability of a shortfall, 0 to 1.
  public let probability: Double
  /// The higher end of its interval; nil for a model without one.
  public let high: Double?
  /// Whether the policy asks for more than the scheduled margin.
  public let isAlert: Bool
  /// Quantiles of the close-out loss.
  public let quantiles: [Quantile]

  /// Creates a record.
  public init(
    role: ModelRole, model: String, probability: Double, high: Double?, isAlert: Bool, quantiles: [Quantile]
  ) {
    self.role = role
    self.model = model
    self.probability = probability
    self.high = high
    self.isAlert = isAlert
    self.quantiles = quantiles
  }
}
