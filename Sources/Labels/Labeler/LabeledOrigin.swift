public import Markets

/// The loss of a liquidation that executes at the worst instant of the horizon.
///
/// All parts are fractions of the position's value at the origin's mid.
public struct CloseOutLoss: Hashable, Sendable {
  /// The loss `ℓ = σ (m_t − VWAP_u) / m_t + fee` at the worst instant `u`.
  ///
  /// It is negative when the market only moved in the position's favour.
  public let total: Double
  /// The part `σ (m_t − m_u) / m_t` by which the mid moved until the worst instant.
  public let drift: Double
  /// The part `σ (m_u − VWAP_u) / m_t` that walking the book cost at the worst instant.
  public let liquidity: Double
  /// The liquidation fee; drift, liquidity and fee add up to the total but for rounding.
  public let fee: Double
  /// The worst instant `u`: the first snapshot in the horizon with the worst execution.
  public let worstTime: Timestamp
  /// Whether the book at the worst instant held less than the notional within the reach.
  public let isExhausted: Bool
  /// Whether the visible book at the worst instant ended before the reach, so that the loss is only an estimate.
  public let isCensored: Bool

  /// Creates a loss from its parts.
  public init(
    total: Double, drift: Double, liquidity: Double, fee: Double, worstTime: Timestamp, isExhausted: Bool,
    isCensored: Bool
  ) {
    self.total = total
    self.drift = drift
    self.liquidity = liquidity
    self.fee = fee
    self.worstTime = worstTime
    self.isExhausted = isExhausted
    self.isCensored = isCensored
  }
}

/// One question, asked at a snapshot for one side, and its answers.
public struct LabeledOrigin: Hashable, Sendable {
  /// The origin `t`.
  public let time: Timestamp
  /// The market asked about.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The end `t + δ + h` of the horizon: the last instant whose data the answers use.
  public let informationEnd: Timestamp
  /// The depth `Q` in quote currency below which the book is in shortfall.
  public let threshold: Double
  /// Whether the book was in shortfall at the origin; nil when its depth is unknown.
  public let inShortfall: Bool?
  /// Whether depth stayed or fell below the threshold for long enough inside the horizon.
  public let depthShortfall: Outcome<Bool>
  /// The close-out loss; nil when the task has no liquidation.
  public let closeOutLoss: Outcome<CloseOutLoss>?
  /// Whether the close-out loss exceeded the maintenance margin; nil when the task has no liquidation.
  public let marginShortfall: Outcome<Bool>?

  /// Creates a labelled origin.
  public init(
    time: Timestamp, market: MarketName, side: LiquidationSide, informationEnd: Timestamp, threshold: Double,
    inShortfall: Bool?, depthShortfall: Outcome<Bool>, closeOutLoss: Outcome<CloseOutLoss>? = nil,
    marginShortfall: Outcome<Bool>? = nil
  ) {
    self.time = time
    self.market = market
    self.side = side
    self.informationEnd = informationEnd
    self.threshold = threshold
    self.inShortfall = inShortfall
    self.depthShortfall = depthShortfall
    self.closeOutLoss = closeOutLoss
    self.marginShortfall = marginShortfall
  }
}
