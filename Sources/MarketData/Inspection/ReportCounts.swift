internal import Markets

/// How many reports of each kind stand beside a market's books.
public struct ReportCounts: Hashable, Sendable, Codable {
  /// The number of trades.
  public private(set) var trades = 0
  /// The number of mark prices.
  public private(set) var markPrices = 0
  /// The number of index prices.
  public private(set) var indexPrices = 0
  /// The number of statements of open interest, in contracts or in quote currency.
  public private(set) var openInterests = 0
  /// The number of funding rates.
  public private(set) var fundingRates = 0
  /// The number of forced executions.
  public private(set) var liquidations = 0

  mutating func count(_ report: MarketReport) {
    switch report {
    case .trade: trades += 1
    case .liquidation: liquidations += 1
    case .figure(let figure):
      switch figure.kind {
      case .markPrice: markPrices += 1
      case .indexPrice: indexPrices += 1
      case .openInterest, .openInterestValue: openInterests += 1
      case .fundingRate: fundingRates += 1
      }
    }
  }
}
