import Configuration
import Margining
import Markets
import ModelStore
import Sampling
import TestRecordings
import Testing
import Workflows

/// A policy over the simulated books, and what befalls a feed of them.
enum MarginStream {
  /// Something that a stream tells.
  enum Event {
    case book(BookSnapshot)
    case lost(MarketName, Timestamp)

    var market: MarketName {
      switch self {
      case .book(let snapshot): snapshot.market
      case .lost(let market, _): market
      }
    }
  }

  static func policy(form: String, fallback: Double = 1, sizes: String = "0, 50000") throws -> MarginPolicy {
    let bounds = sizes.split(separator: ", ")
    let tiers = zip(bounds, ["0.02", "0.03", "0.05"]).map { "    - {notional: \($0), maintenance: \($1)}\n" }
    return try MarginPolicy(
      yaml: """
        form: \(form)
        multiplier: {target: 0.05}
        conditional: {historyShare: 0.2, concentration: {refill: 1000000}}
        hysteresis: {raiseAbove: 0.06, releaseBelow: 0.03, confirmations: 1, coolDown: 2h}
        rateLimits: {up: 0.1, down: 0.02}
        bounds: {floor: 0.005, cap: 0.5}
        noScore: {staleAfter: 1h, fallbackMultiplier: \(fallback)}
        default:
          tiers:
        \(tiers.joined())
        """, file: "policy.yaml")
  }

  /// Books with crossed and one-sided ones among them, markets that fall silent, lost books and long silences of all.
  static func events(seed: Int, count: Int) throws -> [Event] {
    var generator = SeededGenerator(seed: UInt64(seed))
    var shift = TimeSpan.zero
    var deadUntil: [MarketName: Timestamp] = [:]
    var events: [Event] = []
    for snapshot in SimulatedBooks.snapshots.prefix(count) {
      if generator.happens(withProbability: 0.004) { shift = shift + .hours([3, 30][generator.index(below: 2)]) }
      let (time, market) = (snapshot.time + shift, snapshot.market)
      if generator.happens(withProbability: 0.01) {
        deadUntil[market] = time + .hours(1 + Int64(generator.index(below: 6)))
      }
      if let end = deadUntil[market], time < end { continue }
      let kind = generator.uniform()
      if kind < 0.02 {
        events.append(.lost(market, time))
        continue
      }
      var book = snapshot.book
      if kind < 0.05 { book = try OrderBook(bids: book.bids, asks: []) }
      if kind > 0.97, let bid = book.bids.first {
        let under = BookLevel(price: bid.price * 0.999, size: 1)
        book = try OrderBook(bids: book.bids, asks: [under] + book.asks)
      }
      events.append(.book(BookSnapshot(time: time, market: market, book: book)))
    }
    return events
  }
}

/// A scorer and the margins behind it.
struct MarginRun {
  var scorer: OnlineScorer
  var margins: StreamMargins

  init(_ model: ModelArtefact, _ policy: MarginPolicy) {
    scorer = OnlineScorer(model, reasonCount: 2)
    margins = StreamMargins(policy: policy, model: model)
  }

  mutating func take(_ event: MarginStream.Event) throws -> [MarginNotice] {
    switch event {
    case .book(let snapshot): try margins.observe(scorer.score(snapshot)).compactMap(\.notice)
    case .lost(let market, let time):
      try margins.observeInvalid(market, at: time, reason: "no book: a message was lost").compactMap(\.notice)
    }
  }
}
