public import Markets

/// One side of a market's judged snapshots, as columns of equal length.
public struct MarketSeries: Codable, Sendable {
  /// The market.
  public let market: MarketName
  /// The side on which positions are closed out.
  public let side: LiquidationSide
  /// When each snapshot was received.
  public let times: [Timestamp]
  /// The mid prices.
  public let mids: [Double]
  /// The depths within the task's band, in quote currency.
  public let depths: [Double]
  /// The probabilities of a depth shortfall; nil where no model said one.
  public let probabilities: [Double?]
  /// The losses that followed at the headline size, as fractions of notional; nil where unknown.
  public let losses: [Double?]
  /// For each policy, in the order of `policies`: its margins at the headline size.
  public let margins: [[Double]]

  /// Creates a series.
  public init(
    market: MarketName, side: LiquidationSide, times: [Timestamp], mids: [Double], depths: [Double],
    probabilities: [Double?], losses: [Double?], margins: [[Double]]
  ) {
    self.market = market
    self.side = side
    self.times = times
    self.mids = mids
    self.depths = depths
    self.probabilities = probabilities
    self.losses = losses
    self.margins = margins
  }
}
