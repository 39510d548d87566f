public import Markets

/// One judged instant of one market and liquidation side: what the market did, without any prediction.
public struct EvaluationRow: Hashable, Sendable {
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The instant at which the prediction was made.
  public let time: Timestamp
  /// Whether the event followed; nil when censored: such rows enter no metric, but their state and alerts are known.
  public let outcome: Bool?
  /// Whether the market was in shortfall at `time`; nil when the book had no mid.
  public let inShortfall: Bool?

  /// Creates a row.
  public init(market: MarketName, side: LiquidationSide, time: Timestamp, outcome: Bool?, inShortfall: Bool?) {
    self.market = market
    self.side = side
    self.time = time
    self.outcome = outcome
    self.inShortfall = inShortfall
  }
}

/// Which rows a score is about.
public enum Population: String, CaseIterable, Hashable, Sendable, Codable {
  /// Rows known not to be in shortfall when the prediction was made: the headline, free of persistence.
  case onset
  /// All rows.
  case state

  /// Whether a row belongs to the population.
  public func contains(_ row: EvaluationRow) -> Bool {
    self == .state || row.inShortfall == false
  }
}

/// A pair of values, one for each population.
public struct ByPopulation<Value> {
  /// The value for rows not in shortfall.
  public var onset: Value
  /// The value for all rows.
  public var state: Value

  /// Creates a pair.
  public init(onset: Value, state: Value) {
    self.onset = onset
    self.state = state
  }

  /// The value of one population.
  public subscript(population: Population) -> Value {
    population == .onset ? onset : state
  }
}

extension ByPopulation: Sendable where Value: Sendable {}
extension ByPopulation: Equatable where Value: Equatable {}
extension ByPopulation: Encodable where Value: Encodable {}
extension ByPopulation: Decodable where Value: Decodable {}
