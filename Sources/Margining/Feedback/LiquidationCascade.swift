/// What a raise sets off: the accounts that it liquidates, the price that their execution moves, the accounts that this
/// liquidates in turn, until no further one falls.
///
/// A liquidated account is closed whole and at once. Accounts that the margins in force do not cover are not the raise's
/// doing and take no part.
public struct LiquidationCascade: Hashable, Sendable {
  /// The number of accounts that the raise itself liquidates.
  public let firstRoundAccounts: Int
  /// Their notional, in quote currency.
  public let firstRoundUSD: Double
  /// The number of accounts liquidated in all.
  public let totalAccounts: Int
  /// Their notional, in quote currency.
  public let totalUSD: Double
  /// The move of the price in all, as a fraction of it.
  public let priceImpact: Double

  /// The notional liquidated in all as a multiple of what the raise itself liquidates; nil where it liquidates nothing.
  public var amplification: Double? { firstRoundUSD > 0 ? totalUSD / firstRoundUSD : nil }

  /// Follows the cascade of a change among the accounts of one side of a market.
  ///
  /// The result is the smallest set that contains the first round and every account that the set's own price impact
  /// leaves uncovered. One pass finds it: the impact only grows, so accounts fall in the order of the move that they
  /// survive.
  ///
  /// - Complexity: O(accounts × (tiers + log accounts)).
  public init(of change: MarginChange, accounts: [Account], book: LinearBook) {
    let held = MaintenanceRequirement(change.before, at: change.schedule)
    let wanted = MaintenanceRequirement(change.after, at: change.schedule)
    var first: [Account] = []
    var others: [(move: Double, notional: Double)] = []
    for account in accounts where held.isCovered(account) {
      if wanted.isCovered(account) {
        others.append((wanted.survivableMove(of: account), account.notional))
      } else {
        first.append(account)
      }
    }
    firstRoundAccounts = first.count
    firstRoundUSD = first.reduce(0) { $0 + $1.notional }

    var volume = firstRoundUSD
    var count = first.count
    for other in others.sorted(by: { $0.move < $1.move }) {
      guard other.move < book.impact(ofVolume: volume) else { break }
      volume += other.notional
      count += 1
    }
    totalAccounts = count
    totalUSD = volume
    priceImpact = book.impact(ofVolume: volume)
  }
}
