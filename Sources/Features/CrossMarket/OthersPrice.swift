import Checkpoints
import Markets

/// How the other markets' prices move.
struct OthersPrice: CrossMarketFeatureExtractor, Memoryless {
  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    var list: [FeatureDefinition] = []
    for window in configuration.windows {
      list.append(
        define(
          "others_volatility_\(window)", unit: Unit.volatility, direction: .increasing,
          "Mean over the other markets of their realised volatility over the last \(window)."))
      list.append(
        define(
          "others_adverse_return_\(window)", unit: Unit.basisPoints,
          "Mean over the other markets of their log return over the last \(window) in the direction that hurts the side."
        ))
    }
    list.append(
      define(
        "others_lead_return", unit: Unit.basisPoints,
        "Mean over the other markets of their log return since this market's snapshot before, in the direction that "
          + "hurts the side."))
    guard let reference = configuration.referenceMarket else { return list }
    for window in configuration.windows {
      list.append(
        define(
          "reference_adverse_return_\(window)", unit: Unit.basisPoints,
          "Log return of \(reference) over the last \(window) in the direction that hurts the side."))
    }
    list.append(
      define(
        "reference_lead_return", unit: Unit.basisPoints,
        "Log return of \(reference) since this market's snapshot before, in the direction that hurts the side; "
          + "undefined for \(reference) itself."))
    return list
  }

  private let windowCount: Int
  private let freshness: TimeSpan
  private let referenceMarket: MarketName?
  /// Means under construction, kept for their memory.
  private var volatilities: [Mean]
  private var returns: [Mean]

  init(configuration: FeatureConfiguration) {
    windowCount = configuration.windows.count
    freshness = configuration.tolerances.freshness
    referenceMarket = configuration.referenceMarket
    volatilities = [Mean](repeating: Mean(), count: windowCount)
    returns = volatilities
  }

  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter) {
    for window in 0..<windowCount { (volatilities[window], returns[window]) = (Mean(), Mean()) }
    var lead = Mean()
    for market in state.readings.indices where market != arrival.market {
      guard let reading = state.reading(of: market, at: arrival.time, within: freshness) else { continue }
      for window in 0..<windowCount {
        volatilities[window].add(reading.windows[window].volatility)
        returns[window].add(reading.windows[window].logReturn)
      }
      lead.add(state.news(from: market, arrival))
    }
    for window in 0..<windowCount {
      row.write(volatilities[window].value)
      row.write(signed: logBasisPoints(-returns[window].value))
    }
    row.write(signed: logBasisPoints(-lead.value))
    if let referenceMarket { writeReference(referenceMarket, arrival, state, into: &row) }
  }

  private func writeReference(
    _ name: MarketName, _ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter
  ) {
    guard let market = state.number(of: name),
      let reading = state.reading(of: market, at: arrival.time, within: freshness)
    else { return row.writeUndefined(count: windowCount + 1) }
    for window in reading.windows { row.write(signed: logBasisPoints(-window.logReturn)) }
    row.write(
      signed: market == arrival.market ? undefined : logBasisPoints(-state.news(from: market, arrival)))
  }
}
