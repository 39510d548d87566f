public import Markets

/// A probability of shortfall and the instant of the snapshot it was computed from.
public struct Score: Hashable, Sendable {
  /// Which of a model's probabilities a score is.
  public enum Bound: String, Hashable, Sendable {
    /// The model's probability.
    case point
    /// The larger one of its interval.
    case conservative
  }

  /// The probability of shortfall.
  public let probability: Probability
  /// Which of the model's probabilities it is.
  public let bound: Bound
  /// The time of the snapshot behind it.
  public let time: Timestamp

  /// Creates a score.
  public init(probability: Probability, bound: Bound = .point, time: Timestamp) {
    self.probability = probability
    self.bound = bound
    self.time = time
  }
}

/// A question to the policy: the margins that a market and side should have at an instant.
public struct MarginRequest: Hashable, Sendable {
  /// The instant for which the margins are asked.
  public let time: Timestamp
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The latest score; nil when there is none.
  public let score: Score?
  /// What is known of closing out at the instant of the score, of the request where there is none; nil where only a
  /// probability exists.
  public let evidence: CloseOutEvidence?
  /// The open positions of this side of the market; nil where they are not known.
  public let accounts: [Account]?

  /// Creates a request with the latest score, which may be older than the request.
  public init(
    time: Timestamp, market: MarketName, side: LiquidationSide, score: Score?, evidence: CloseOutEvidence? = nil,
    accounts: [Account]? = nil
  ) {
    self.time = time
    self.market = market
    self.side = side
    self.score = score
    self.evidence = evidence
    self.accounts = accounts
  }

  /// Creates a request at the instant of a snapshot; nil means that the snapshot gave no score.
  public init(
    time: Timestamp, market: MarketName, side: LiquidationSide, probability: Probability?,
    evidence: CloseOutEvidence? = nil, accounts: [Account]? = nil
  ) {
    self.init(
      time: time, market: market, side: side, score: probability.map { Score(probability: $0, time: time) },
      evidence: evidence, accounts: accounts)
  }
}

/// Why a request is refused; the state stays as it was.
public enum RequestRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The request is older than one already answered for the same market and side.
  case outOfOrder(MarketName, LiquidationSide, time: Timestamp, latest: Timestamp)
  /// The score is from after the request.
  case scoreFromTheFuture(MarketName, LiquidationSide, time: Timestamp, score: Timestamp)
  /// The score is older than one, or than evidence without one, already used for the same market and side.
  case scoreOutOfOrder(MarketName, LiquidationSide, score: Timestamp, latest: Timestamp)
  /// The policy has neither a schedule for the market nor a default one.
  case noSchedule(MarketName)
  /// The state was made with a schedule of another number of tiers.
  case tiersDiffer(MarketName, schedule: Int, state: Int)

  /// The refusal in words.
  public var description: String {
    switch self {
    case .outOfOrder(let market, let side, let time, let latest):
      "\(market) \(side.rawValue): a request for \(time) after one for \(latest)"
    case .scoreFromTheFuture(let market, let side, let time, let score):
      "\(market) \(side.rawValue): a request for \(time) with a score of \(score), from its future"
    case .scoreOutOfOrder(let market, let side, let score, let latest):
      "\(market) \(side.rawValue): a score of \(score) after one of \(latest)"
    case .noSchedule(let market): "\(market): no schedule for this market and no default one"
    case .tiersDiffer(let market, let schedule, let state):
      "\(market): the schedule has \(schedule) tiers, the stored state \(state)"
    }
  }
}
