/// One figure of a derivative.
public struct MarketFigure: Hashable, Sendable {
  /// What a figure measures.
  public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
    /// The price at which the venue values positions, in quote currency.
    case markPrice = "mark-price"
    /// The price of the underlying index, in quote currency.
    case indexPrice = "index-price"
    /// Open contracts, in the unit of the market's books, or in the venue's where nobody said what that is worth.
    case openInterest = "open-interest"
    /// What the open contracts are worth, in quote currency.
    case openInterestValue = "open-interest-value"
    /// The funding that longs pay shorts, as the venue states it: a fraction of notional per its funding interval,
    /// and per contract for Kraken Futures' `funding_rate`, which is therefore not read.
    case fundingRate = "funding-rate"
  }

  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Whose figure it is.
  public let market: MarketName
  /// What it measures.
  public let kind: Kind
  /// Its value.
  public let value: Double

  /// Creates a figure; nothing is checked, see `MarketReport.fault`.
  public init(time: Timestamp, market: MarketName, kind: Kind, value: Double) {
    self.time = time
    self.market = market
    self.kind = kind
    self.value = value
  }
}
