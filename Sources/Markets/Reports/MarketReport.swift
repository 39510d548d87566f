/// What a stream says of a market beside its book.
public enum MarketReport: Hashable, Sendable {
  /// A trade.
  case trade(Trade)
  /// A mark price, an index price, open interest or funding.
  case figure(MarketFigure)
  /// A forced execution.
  case liquidation(Liquidation)

  /// What it is called in records: `trade`, `figure` or `liquidation`.
  public var name: String {
    switch self {
    case .trade: "trade"
    case .figure: "figure"
    case .liquidation: "liquidation"
    }
  }

  /// When it was received; the venue's own time where the line has no receive time.
  public var time: Timestamp {
    switch self {
    case .trade(let trade): trade.time
    case .figure(let figure): figure.time
    case .liquidation(let order): order.time
    }
  }

  /// What it is about.
  public var market: MarketName {
    switch self {
    case .trade(let trade): trade.market
    case .figure(let figure): figure.market
    case .liquidation(let order): order.market
    }
  }
}

extension MarketReport {
  /// A number that a report cannot have.
  public enum Fault: String, Error, Hashable, Sendable {
    /// The price is not a finite number above zero.
    case price
    /// The size is not a finite number above zero.
    case size
    /// The figure is not finite, or is a price of zero or less, or an open interest below zero.
    case value
  }

  /// The first number that the report cannot have; nil for a report that can be used.
  public var fault: Fault? {
    switch self {
    case .trade(let trade): Self.fault(price: trade.price, size: trade.size)
    case .liquidation(let order): Self.fault(price: order.price, size: order.size)
    case .figure(let figure): figure.isPossible ? nil : .value
    }
  }

  private static func fault(price: Double, size: Double) -> Fault? {
    guard price > 0, price.isFinite else { return .price }
    return size > 0 && size.isFinite ? nil : .size
  }
}

extension MarketFigure {
  fileprivate var isPossible: Bool {
    guard value.isFinite else { return false }
    switch kind {
    case .markPrice, .indexPrice: return value > 0
    case .openInterest, .openInterestValue: return value >= 0
    case .fundingRate: return true
    }
  }
}
