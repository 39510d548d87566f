public import Markets
public import Validation

/// The event rates of a training window: the constant forecasts that Brier skill is measured against.
public struct TrainingRates: Codable, Sendable {
  /// One market's rates.
  public struct Entry: Codable, Sendable {
    /// The market.
    public let market: MarketName
    /// Its rates.
    public let rates: ByPopulation<Double>

    /// Creates an entry.
    public init(market: MarketName, rates: ByPopulation<Double>) {
      self.market = market
      self.rates = rates
    }
  }

  /// The rates over all markets.
  public let overall: ByPopulation<Double>
  /// Each market's rates, in name order.
  public let markets: [Entry]

  /// Creates rates.
  public init(overall: ByPopulation<Double>, markets: [Entry]) {
    self.overall = overall
    self.markets = markets
  }

  /// The rates as an evaluation takes them.
  public var referenceRates: ReferenceRates {
    ReferenceRates(
      overall: overall, markets: Dictionary(markets.map { ($0.market, $0.rates) }, uniquingKeysWith: { first, _ in first }))
  }
}
