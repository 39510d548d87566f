import MarketData
import Markets

/// Default simulations reduced to a few numbers for each snapshot, made once for all tests.
struct SimulatedMonth: Sendable {
  struct Row: Sendable {
    let seconds: Double
    let mid: Double
    /// Notional within 100 bp.
    let depth: BySide<Double>
    let spread: Double
    let regime: SimulatedRegime
  }

  let markets: [MarketName]
  let rows: [[Row]]
  let snapshotCount: Int
  let faults: [String]

  /// The default 30 days.
  static let standard = recorded(seed: 7, duration: .days(30), cadence: .seconds(60))

  static func recorded(seed: UInt64, duration: TimeSpan, cadence: TimeSpan) -> SimulatedMonth {
    var recorder = SimulatedRecorder()
    recorder.cadence = cadence
    guard let configuration = try? SimulationConfiguration(seed: seed, duration: duration, recorder: recorder) else {
      return SimulatedMonth(markets: [], rows: [], snapshotCount: 0, faults: ["the configuration is refused"])
    }
    let markets = configuration.instruments.map(\.name)
    var rows = [[Row]](repeating: [], count: markets.count)
    var faults: [String] = []
    var count = 0
    var previous: (Timestamp, MarketName)?
    for simulated in SimulatedMarkets(configuration: configuration) {
      let snapshot = simulated.snapshot
      count += 1
      if let previous, (snapshot.time, snapshot.market) <= previous { faults.append("\(snapshot.time): order") }
      previous = (snapshot.time, snapshot.market)
      let book = snapshot.book
      guard let index = markets.firstIndex(of: snapshot.market), book.condition == .normal,
        book.bids.count == configuration.recorder.levels, book.asks.count == configuration.recorder.levels,
        let mid = book.mid, let spread = book.spread, let coverage = book.coverage(on: .sell), coverage > 0.01,
        let above = book.coverage(on: .buy), above > 0.01,
        let bids = book.depth(within: 0.01, on: .sell), let asks = book.depth(within: 0.01, on: .buy)
      else {
        faults.append("\(snapshot.time): book")
        continue
      }
      rows[index].append(
        Row(
          seconds: (snapshot.time - configuration.start).seconds, mid: mid, depth: BySide(sell: bids, buy: asks),
          spread: spread, regime: simulated.regime))
    }
    return SimulatedMonth(markets: markets, rows: rows, snapshotCount: count, faults: faults)
  }

  /// The median depth of one market and side.
  func medianDepth(_ market: Int, _ side: LiquidationSide) -> Double {
    rows[market].map { $0.depth[side] }.sorted()[rows[market].count / 2]
  }
}
