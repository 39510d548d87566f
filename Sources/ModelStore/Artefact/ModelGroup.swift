public import Markets

/// One market and side that a model was trained on; its position in the model's list is its group number.
public struct ModelGroup: Codable, Hashable, Sendable {
  /// The market.
  public let market: MarketName
  /// The side on which liquidations execute.
  public let side: LiquidationSide

  /// Creates a group.
  public init(market: MarketName, side: LiquidationSide) {
    self.market = market
    self.side = side
  }
}
