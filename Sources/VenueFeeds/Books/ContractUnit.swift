internal import Markets

/// What one unit of a derivative's size is worth.
///
/// Books elsewhere in the program hold base units; venues count many derivatives in contracts. The book that a feed
/// shows is converted; what the feed passes on beside it (trades, quotes, open interest) stays in the venue's unit.
public enum ContractUnit: Hashable, Sendable, CustomStringConvertible {
  /// So many base units, such as 0.01 BTC (linear contracts).
  case base(Double)
  /// So many units of quote currency, such as 1 or 100 USD (inverse contracts).
  case quote(Double)

  /// The unit as command lines name it, such as `base:0.01`.
  public var description: String {
    switch self {
    case .base(let amount): "base:\(amount)"
    case .quote(let amount): "quote:\(amount)"
    }
  }

  /// The level with its size in base units.
  func converted(_ level: BookLevel) -> BookLevel {
    switch self {
    case .base(let amount): BookLevel(price: level.price, size: level.size * amount)
    case .quote(let amount): BookLevel(price: level.price, size: level.size * amount / level.price)
    }
  }
}
