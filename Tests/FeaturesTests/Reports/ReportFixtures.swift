import Features
import Markets
import Sampling
import Testing

/// A trade as an event.
func trade(
  _ seconds: Double, _ price: Double, _ size: Double, _ aggressor: Aggressor?, market: String = "A"
) throws -> MarketEvent {
  .report(
    .trade(
      Trade(
        time: Timestamp(nanoseconds: Int64(seconds * 1e9)), market: try #require(MarketName(market)), price: price,
        size: size, aggressor: aggressor)))
}

/// A figure as an event.
func figure(
  _ seconds: Double, _ kind: MarketFigure.Kind, _ value: Double, market: String = "A"
) throws -> MarketEvent {
  .report(
    .figure(
      MarketFigure(
        time: Timestamp(nanoseconds: Int64(seconds * 1e9)), market: try #require(MarketName(market)), kind: kind,
        value: value)))
}

/// A forced execution as an event.
func liquidation(
  _ seconds: Double, _ side: LiquidationSide, _ price: Double, _ size: Double, market: String = "A"
) throws -> MarketEvent {
  .report(
    .liquidation(
      Liquidation(
        time: Timestamp(nanoseconds: Int64(seconds * 1e9)), market: try #require(MarketName(market)), side: side,
        price: price, size: size)))
}

extension FeatureConfiguration {
  /// Short windows, and every family.
  static func withReports(windows: [TimeSpan] = [.minutes(30), .hours(2)]) throws -> FeatureConfiguration {
    try FeatureConfiguration(
      windows: windows, halfLives: HalfLives(fast: .minutes(5), slow: .hours(1)), families: FeatureFamily.allCases)
  }
}

/// The features of a stream of books and reports, by name; one row for each book.
struct ReportRows {
  let schema: FeatureSchema
  let rows: [FeatureRow]

  init(_ events: [MarketEvent], _ configuration: FeatureConfiguration) {
    var pipeline = FeaturePipeline(configuration: configuration)
    schema = pipeline.schema
    rows = events.compactMap { pipeline.observe($0) }
  }

  func value(_ name: String, _ side: LiquidationSide = .sell, row: Int? = nil) throws -> Double {
    let index = try #require(schema.index(of: name), "no feature \(name)")
    return rows[row ?? rows.count - 1].values[side][index]
  }
}

/// A seeded stream of several markets' books with reports of every kind among them, impossible ones too.
func randomEvents(
  seed: UInt64, markets: [String] = ["A", "B", "C"], count: Int, meanStep: Double = 600, trouble: Trouble = .everything
) throws -> [MarketEvent] {
  var generator = SeededGenerator(seed: seed &+ 1_000)
  var events: [MarketEvent] = []
  for snapshot in try randomStream(seed: seed, markets: markets, count: count, meanStep: meanStep, trouble: trouble) {
    let seconds = Double(snapshot.time.nanoseconds) / 1e9
    for _ in 0..<generator.index(below: 4) {
      let market = markets[generator.index(below: markets.count)]
      events.append(try randomReport(seconds - generator.uniform(), market: market, &generator, trouble))
    }
    events.append(.book(snapshot))
  }
  return events
}

private func randomReport(
  _ seconds: Double, market: String, _ generator: inout SeededGenerator, _ trouble: Trouble
) throws -> MarketEvent {
  let price = 95 + 10 * generator.uniform()
  let size = trouble == .everything && generator.happens(withProbability: 0.05) ? 0 : generator.exponential(mean: 20)
  switch generator.index(below: 8) {
  case 0: return try figure(seconds, .markPrice, price, market: market)
  case 1: return try figure(seconds, .indexPrice, price, market: market)
  case 2: return try figure(seconds, .openInterest, size * 1_000, market: market)
  case 3: return try figure(seconds, .openInterestValue, size * 1e5, market: market)
  case 4: return try figure(seconds, .fundingRate, generator.normal() * 1e-4, market: market)
  case 5: return try liquidation(seconds, generator.index(below: 2) == 0 ? .sell : .buy, price, size, market: market)
  default:
    let aggressor = [Aggressor.buy, .sell, nil][generator.index(below: 3)]
    return try trade(seconds, price, size, aggressor, market: market)
  }
}
