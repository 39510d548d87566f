internal import Markets

/// What one unit of a derivative's size is worth.
///
/// Books elsewhere in the program hold base units; venues count many derivatives in contracts. The books, trades,
/// liquidations and open interest that a feed passes on are converted; quotes stay in the venue's unit.
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

  /// The event with its size in base units, or its open interest in base units or in quote currency.
  func converted(_ event: VenueEvent) -> VenueEvent {
    switch event {
    case .trade(let trade):
      let level = converted(BookLevel(price: trade.price, size: trade.size))
      return .trade(
        Trade(time: trade.time, market: trade.market, price: trade.price, size: level.size, aggressor: trade.aggressor))
    case .liquidation(let order):
      let level = converted(BookLevel(price: order.price, size: order.size))
      return .liquidation(
        Liquidation(
          time: order.time, market: order.market, side: order.side, price: order.price, size: level.size))
    case .figure(let figure) where figure.kind == .openInterest:
      let (kind, amount): (MarketFigure.Kind, Double) =
        switch self {
        case .base(let amount): (.openInterest, amount)
        case .quote(let amount): (.openInterestValue, amount)
        }
      return .figure(
        MarketFigure(time: figure.time, market: figure.market, kind: kind, value: figure.value * amount))
    case .book, .invalid, .quote, .figure, .ignored, .rejected: return event
    }
  }
}
