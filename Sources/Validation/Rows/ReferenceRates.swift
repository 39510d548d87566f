public import Markets

/// The event rates of the training window: the constant forecasts against which Brier skill is measured.
public struct ReferenceRates: Sendable, Equatable, Codable {
  /// The rates over all markets, 0 to 1.
  public let overall: ByPopulation<Double>
  /// The rates of single markets by name; a market that is not named uses the overall rates.
  public let markets: NamedValues<ByPopulation<Double>>

  /// Creates reference rates.
  public init(overall: ByPopulation<Double>, markets: [MarketName: ByPopulation<Double>] = [:]) {
    self.overall = overall
    self.markets = NamedValues(markets.keys.sorted().compactMap { name in markets[name].map { (name.text, $0) } })
  }

  /// The rates of a training window's rows with known outcomes.
  ///
  /// A market without such rows in one of the populations has no rates of its own; nil when that holds for all
  /// markets together.
  public init?(trainingRows rows: [EvaluationRow]) {
    guard let overall = Self.rates(of: rows) else { return nil }
    var members: [MarketName: [EvaluationRow]] = [:]
    for row in rows { members[row.market, default: []].append(row) }
    self.init(overall: overall, markets: members.compactMapValues(Self.rates(of:)))
  }

  /// The rate for one market, or for all of them together when `market` is nil.
  public func rate(of market: MarketName?, _ population: Population) -> Double {
    (market.flatMap { markets[$0.text] } ?? overall)[population]
  }

  private static func rates(of rows: [EvaluationRow]) -> ByPopulation<Double>? {
    func rate(_ population: Population) -> Double? {
      let known = rows.filter { $0.outcome != nil && population.contains($0) }
      return known.isEmpty ? nil : Double(known.count { $0.outcome == true }) / Double(known.count)
    }
    guard let onset = rate(.onset), let state = rate(.state) else { return nil }
    return ByPopulation(onset: onset, state: state)
  }
}
