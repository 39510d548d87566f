/// What is known, at one instant, of closing out positions on one side of a market.
///
/// Rates are fractions of notional. Everything here was known at the instant: nothing is from its future.
public struct CloseOutEvidence: Hashable, Sendable {
  /// One size of position.
  public struct Rung: Hashable, Sendable {
    /// The size in quote currency, above zero.
    public let notional: Double
    /// The model's quantile of the close-out loss at the target level; may be negative.
    public let loss: Double
    /// The cost of sweeping the book of this instant; nil where the book shows none.
    public let sweepCost: Double?
    /// The same quantile of all past close-out losses of this market's side and size.
    public let historicalLoss: Double
    /// The same quantile of the past losses in stressed times.
    public let stressedLoss: Double

    /// Creates a rung.
    public init(notional: Double, loss: Double, sweepCost: Double?, historicalLoss: Double, stressedLoss: Double) {
      self.notional = notional
      self.loss = loss
      self.sweepCost = sweepCost
      self.historicalLoss = historicalLoss
      self.stressedLoss = stressedLoss
    }
  }

  /// A market side's adverse returns of the past, at the target level.
  public struct AdverseReturns: Hashable, Sendable {
    /// The quantile of the worst return of the mid against the position within the horizon, over all history.
    public let historical: Double
    /// The same over stressed times only.
    public let stressed: Double

    /// Creates quantiles.
    public init(historical: Double, stressed: Double) {
      self.historical = historical
      self.stressed = stressed
    }
  }

  /// The quoted spread of late, as a fraction of the mid.
  public struct Spread: Hashable, Sendable {
    /// Its mean.
    public let mean: Double
    /// Its standard deviation.
    public let deviation: Double

    /// Creates figures of a spread.
    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// The sizes of position, rising in notional, at least one.
  public let rungs: [Rung]
  /// Adverse returns of the past.
  public let returns: AdverseReturns
  /// The spread of late.
  public let spread: Spread
  /// The standard deviation of the mid's return over the horizon, as volatility of late has it.
  public let volatility: Double
  /// The least depth within the task's band around each book's own mid over the window of persistence, in quote currency.
  public let persistentDepth: Double

  /// Creates evidence; nil without a rung, when notionals do not rise from above zero, or for a number that is not finite.
  public init?(
    rungs: [Rung], returns: AdverseReturns, spread: Spread, volatility: Double, persistentDepth: Double
  ) {
    let ladder: [Double] = rungs.flatMap { rung in
      [rung.notional, rung.loss, rung.sweepCost ?? 0, rung.historicalLoss, rung.stressedLoss]
    }
    let numbers: [Double] =
      ladder + [
        returns.historical, returns.stressed, spread.mean, spread.deviation, volatility, persistentDepth,
      ]
    guard let first = rungs.first, first.notional > 0, numbers.allSatisfy(\.isFinite),
      zip(rungs, rungs.dropFirst()).allSatisfy({ $0.notional < $1.notional })
    else { return nil }
    self.rungs = rungs
    self.returns = returns
    self.spread = spread
    self.volatility = volatility
    self.persistentDepth = persistentDepth
  }
}
