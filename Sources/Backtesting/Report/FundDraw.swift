public import Validation

/// What simulated accounts under one policy cost an insurance fund.
///
/// Every judged day one account opens in each market, side and size at the policy's initial margin, and is followed to the
/// end of the next day. It is liquidated at the first snapshot at which its equity is below the maintenance requirement of
/// that snapshot, at the mid of the next snapshot less the cost of sweeping its book; the fund pays what the equity does not.
public struct FundDraw: Codable, Sendable {
  /// The policy's name.
  public let policy: String
  /// The number of accounts.
  public let accounts: Int
  /// How many were liquidated because the price moved: their equity was below the margin of their opening as well.
  public let liquidations: Int
  /// How many were liquidated because the requirement rose: their equity would have met the margin of their opening.
  public let liquidationsByRaise: Int
  /// How many lost more than their equity.
  public let draws: Int
  /// What the fund paid in all, in USD, with an interval over days.
  public let drawUSD: Estimate
  /// The initial margin that accounts put up on average, as a fraction of notional.
  public let meanInitialMargin: Double?

  /// Creates figures.
  public init(
    policy: String, accounts: Int, liquidations: Int, liquidationsByRaise: Int, draws: Int, drawUSD: Estimate,
    meanInitialMargin: Double?
  ) {
    self.policy = policy
    self.accounts = accounts
    self.liquidations = liquidations
    self.liquidationsByRaise = liquidationsByRaise
    self.draws = draws
    self.drawUSD = drawUSD
    self.meanInitialMargin = meanInitialMargin
  }
}
