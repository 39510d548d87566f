public import Markets

/// What is known, at one instant, of the losses that closing positions of several sizes on one side would bring.
public struct CloseOutEvidence: Hashable, Sendable {
  /// What is known of one size of position; every loss and cost is a fraction of notional.
  public struct Rung: Hashable, Sendable {
    /// The size, in quote currency.
    public let notional: Double
    /// The model's conformal (1 − ε) quantile of the close-out loss given the features.
    public let loss: Double
    /// The (1 − ε) quantile of the past losses of the market's side, over the longest history known.
    public let longestHistoryLoss: Double
    /// The same quantile over the stressed part of that history.
    public let stressedLoss: Double
    /// The cost of sweeping the book of this instant; nil where the book shows none.
    public let sweepCost: Double?

    /// Creates a rung.
    public init(
      notional: Double, loss: Double, longestHistoryLoss: Double, stressedLoss: Double, sweepCost: Double?
    ) {
      self.notional = notional
      self.loss = loss
      self.longestHistoryLoss = longestHistoryLoss
      self.stressedLoss = stressedLoss
      self.sweepCost = sweepCost
    }
  }

  /// When it was known.
  public let time: Timestamp
  /// The sizes, rising; at least one.
  public let rungs: [Rung]
  /// The historical quantile of the adverse return over the horizon, before any cost, as a fraction of the price.
  public let historicalReturn: Double
  /// The mean and the standard deviation of the relative spread over the recent past, as fractions of the mid.
  public let spread: (mean: Double, deviation: Double)
  /// The standard deviation σ_h of the return over the horizon, as a fraction.
  public let horizonVolatility: Double
  /// The depth within the task's band that stood through the whole recent window, in quote currency.
  public let persistentDepth: Double

  /// Creates evidence; rungs must rise.
  public init(
    time: Timestamp, rungs: [Rung], historicalReturn: Double, spread: (mean: Double, deviation: Double),
    horizonVolatility: Double, persistentDepth: Double
  ) {
    self.time = time
    self.rungs = rungs
    self.historicalReturn = historicalReturn
    self.spread = spread
    self.horizonVolatility = horizonVolatility
    self.persistentDepth = persistentDepth
  }

  /// Whether every part is equal.
  public static func == (left: CloseOutEvidence, right: CloseOutEvidence) -> Bool {
    left.time == right.time && left.rungs == right.rungs && left.historicalReturn == right.historicalReturn
      && left.spread == right.spread && left.horizonVolatility == right.horizonVolatility
      && left.persistentDepth == right.persistentDepth
  }

  /// Hashes the instant and the sizes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(time)
    hasher.combine(rungs)
  }
}
