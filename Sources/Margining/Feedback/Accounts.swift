public import Markets

/// The open positions of a venue, by market and side.
public struct Accounts: Hashable, Sendable {
  private struct Book: Hashable {
    let market: MarketName
    let side: LiquidationSide
  }

  /// Every account, in the order given.
  public let all: [Account]
  private let books: [Book: [Account]]

  /// Groups accounts.
  ///
  /// - Complexity: O(accounts).
  public init(_ accounts: [Account]) {
    all = accounts
    books = Dictionary(grouping: accounts) { Book(market: $0.market, side: $0.side) }
  }

  /// The accounts whose liquidation would execute on one side of a market, in the order given.
  public subscript(market: MarketName, side: LiquidationSide) -> [Account] {
    books[Book(market: market, side: side)] ?? []
  }

  /// The markets of the accounts, by name.
  public var markets: [MarketName] { Set(books.keys.map(\.market)).sorted() }

  /// The notional that is open on one side of a market, in quote currency.
  public func openNotional(_ market: MarketName, _ side: LiquidationSide) -> Double {
    self[market, side].reduce(0) { $0 + $1.notional }
  }

  /// The notional on one side of a market that a move of the price would leave below its requirement, in quote currency;
  /// it includes what is below it already.
  ///
  /// - Parameters:
  ///   - schedule: The margins that hold.
  ///   - move: The move against the positions, as a fraction of the price.
  public func liquidatableNotional(
    _ market: MarketName, _ side: LiquidationSide, under schedule: TierSchedule, afterMove move: Double
  ) -> Double {
    let requirement = MaintenanceRequirement(schedule.rates, at: schedule)
    return self[market, side].reduce(0) { $0 + (requirement.survivableMove(of: $1) < move ? $1.notional : 0) }
  }
}
