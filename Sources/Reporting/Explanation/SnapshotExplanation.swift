public import Markets

/// One snapshot's side taken apart: from the base, input by input, to the log-odds.
public struct SnapshotExplanation: Hashable, Sendable {
  /// One input's step.
  public struct Step: Hashable, Sendable {
    /// The feature's name.
    public let feature: String
    /// The unit of its value.
    public let unit: String
    /// Its value; nil when it is undefined.
    public let value: Double?
    /// How far it moves the log-odds.
    public let contribution: Double
    /// The base and all contributions up to this one.
    public let runningSum: Double

    /// Creates a step.
    public init(feature: String, unit: String, value: Double?, contribution: Double, runningSum: Double) {
      self.feature = feature
      self.unit = unit
      self.value = value
      self.contribution = contribution
      self.runningSum = runningSum
    }
  }

  /// The instant that was asked for.
  public let asked: Timestamp
  /// The instant of the snapshot: the last one at or before `asked`.
  public let time: Timestamp
  /// Whose book it is.
  public let market: MarketName
  /// The side on which liquidations execute.
  public let side: LiquidationSide
  /// The calibrated probability.
  public let probability: Double
  /// The log-odds that the steps lead to, as scoring computes them.
  public let logOdds: Double
  /// The mean log-odds of the training rows.
  public let base: Double
  /// Every input's step, the largest |contribution| first.
  public let steps: [Step]
  /// Whether the side was in shortfall at `time`; nil when unknown.
  public let inShortfall: Bool?
  /// Whether a shortfall followed within the horizon; nil when unknown.
  public let outcome: Bool?

  /// Creates an explanation.
  public init(
    asked: Timestamp, time: Timestamp, market: MarketName, side: LiquidationSide, probability: Double,
    logOdds: Double, base: Double, steps: [Step], inShortfall: Bool?, outcome: Bool?
  ) {
    self.asked = asked
    self.time = time
    self.market = market
    self.side = side
    self.probability = probability
    self.logOdds = logOdds
    self.base = base
    self.steps = steps
    self.inShortfall = inShortfall
    self.outcome = outcome
  }

  /// How far the last running sum is from the log-odds.
  public var gap: Double { abs((steps.last?.runningSum ?? base) - logOdds) }

  /// The same with the steps after the first `count` taken together as one.
  func keeping(_ count: Int) -> SnapshotExplanation {
    let rest = steps.dropFirst(count)
    guard rest.count > 1, let last = rest.last else { return self }
    let others = Step(
      feature: "\(rest.count) other inputs", unit: "", value: nil,
      contribution: rest.reduce(0) { $0 + $1.contribution }, runningSum: last.runningSum)
    return SnapshotExplanation(
      asked: asked, time: time, market: market, side: side, probability: probability, logOdds: logOdds, base: base,
      steps: steps.prefix(count) + [others], inShortfall: inShortfall, outcome: outcome)
  }
}
