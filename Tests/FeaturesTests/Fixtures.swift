import Features
import Markets
import Sampling
import Testing

/// A book from (price, size) pairs, best first.
func book(_ bids: [(Double, Double)], _ asks: [(Double, Double)]) throws -> OrderBook {
  try OrderBook(
    bids: bids.map { BookLevel(price: $0.0, size: $0.1) }, asks: asks.map { BookLevel(price: $0.0, size: $0.1) })
}

func snapshot(_ seconds: Double, _ book: OrderBook, market: String = "A") throws -> BookSnapshot {
  BookSnapshot(
    time: Timestamp(nanoseconds: Int64(seconds * 1e9)), market: try #require(MarketName(market)), book: book)
}

/// A book of one level a side with the given mid and a spread of 2.
func book(mid: Double, bidSize: Double = 1, askSize: Double = 1) throws -> OrderBook {
  try book([(mid - 1, bidSize)], [(mid + 1, askSize)])
}

/// The features of a stream, by name.
struct NamedRows {
  let schema: FeatureSchema
  let rows: [FeatureRow]

  init(_ snapshots: [BookSnapshot], _ configuration: FeatureConfiguration = .standard) {
    var pipeline = FeaturePipeline(configuration: configuration)
    schema = pipeline.schema
    rows = snapshots.map { pipeline.observe($0) }
  }

  func value(_ name: String, _ side: LiquidationSide = .sell, row: Int? = nil) throws -> Double {
    let index = try #require(schema.index(of: name), "no feature \(name)")
    return rows[row ?? rows.count - 1].values[side][index]
  }
}

func bits(_ row: FeatureRow) -> [UInt64] { (row.values.sell + row.values.buy).map(\.bitPattern) }

/// What can go wrong in a random stream.
enum Trouble: CaseIterable {
  case none
  case everything
}

/// A seeded stream of several markets: irregular steps, simultaneous snapshots, gaps, stale, one-sided and locked books.
func randomStream(
  seed: UInt64, markets: [String] = ["A", "B", "C"], count: Int, meanStep: Double = 600, trouble: Trouble = .everything
) throws -> [BookSnapshot] {
  var generator = SeededGenerator(seed: seed)
  var ticks = [Double](repeating: 10_000, count: markets.count)
  var last: [OrderBook?] = markets.map { _ in nil }
  var time = 1_700_000_000.0
  var stream: [BookSnapshot] = []
  for _ in 0..<count {
    let market = generator.index(below: markets.count)
    let kind = generator.uniform()
    let step = generator.exponential(mean: meanStep)
    if trouble == .none || kind > 0.2 { time += (kind > 0.98 && trouble == .everything ? 40 : 1) * step.rounded(.up) }
    ticks[market] = max(100, ticks[market] + (generator.normal() * 8).rounded())
    var levels: [[(Double, Double)]] = [[], []]
    for side in 0..<2 {
      for k in 0..<12 where generator.happens(withProbability: 0.7) {
        let offset = Double(k) + (side == 0 || trouble == .none ? 1 : 0)
        levels[side].append(
          ((ticks[market] + (side == 0 ? -offset : offset)) / 100, (1 + generator.index(below: 40)).asDouble))
      }
    }
    if trouble == .everything, generator.happens(withProbability: 0.05) { levels[generator.index(below: 2)] = [] }
    var current = try book(levels[0], levels[1])
    if trouble == .everything, let repeated = last[market], generator.happens(withProbability: 0.1) {
      current = repeated
    }
    last[market] = current
    stream.append(try snapshot(time, current, market: markets[market]))
  }
  return stream
}

extension Int {
  var asDouble: Double { Double(self) }
}

/// Whether two values are both undefined or equal within a tolerance.
func agree(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool {
  a.isNaN || b.isNaN ? a.isNaN && b.isNaN : abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
