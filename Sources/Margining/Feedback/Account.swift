public import Markets

/// One position and the equity that stands behind it alone.
///
/// An account with positions in several markets is several of these: margin is isolated, so a loss in one market takes
/// nothing from another.
public struct Account: Hashable, Sendable {
  /// The largest notional that is accepted, in quote currency: sums over any file stay exact enough to compare.
  public static let largestNotional = 1e15

  /// The account's name; never empty.
  public let id: String
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute: a long position is sold.
  public let side: LiquidationSide
  /// The position's size in quote currency; above zero.
  public let notional: Double
  /// What is left of the margin at the mid price, in quote currency; may be negative.
  public let equity: Double

  /// Creates an account, or nil for an empty name, a notional that is not above 0 and at most 1e15, and an equity that
  /// is not within ±1e15.
  public init?(id: String, market: MarketName, side: LiquidationSide, notional: Double, equity: Double) {
    guard !id.isEmpty, notional > 0, notional <= Self.largestNotional, abs(equity) <= Self.largestNotional else {
      return nil
    }
    self.id = id
    self.market = market
    self.side = side
    self.notional = notional
    self.equity = equity
  }
}
