import Features
import Foundation
import Markets
import Testing

@Suite("Flow features")
struct FlowTests {
  @Test("a step's flow is that of the worked books")
  func worked() throws {
    let rows = NamedRows([
      try snapshot(0, book([(99.9, 10), (99.8, 10)], [(100.1, 10), (100.2, 10)])),
      try snapshot(60, book([(99.9, 4), (99.8, 15)], [(100.1, 10), (100.2, 12)])),
    ])
    let removed = 99.9 * 6
    let added = 99.8 * 5
    let asksAdded = 100.2 * 2
    // Only the bid's size fell at the best quotes: all flow is against the sell side.
    #expect(try agree(rows.value("best_flow_imbalance_1h"), -1))
    #expect(try agree(rows.value("best_flow_imbalance_1h", .buy), 1))
    let net = (added - removed - asksAdded) / (added + removed + asksAdded)
    #expect(try agree(rows.value("flow_imbalance_100bp_1h"), net))
    #expect(try agree(rows.value("removal_share_100bp_1h"), removed / (99.9 * 10 + 99.8 * 10 + added)))
    #expect(try agree(rows.value("removal_share_100bp_1h", .buy), 0))
    #expect(try agree(rows.value("replenishment_100bp_1h"), log((1 + added) / (1 + removed))))
    #expect(try rows.value("flow_imbalance_100bp_1h", row: 0).isNaN)
  }

  @Test("prices past the nearer last visible level of two books say nothing")
  func censored() throws {
    let rows = NamedRows([
      try snapshot(0, book([(99.9, 10), (99.8, 10)], [(100.1, 10)])),
      try snapshot(60, book([(99.9, 10), (99.8, 10), (99.7, 99)], [(100.1, 10)])),
    ])
    #expect(try rows.value("flow_imbalance_100bp_1h").isNaN)
    #expect(try rows.value("removal_share_100bp_1h") == 0)
  }

  @Test("windowed flow sums the steps inside the window", arguments: [51] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let stream = try randomStream(seed: seed, markets: ["A"], count: 300)
    let rows = NamedRows(stream)
    let quoted = stream.indices.filter { stream[$0].book.mid != nil }
    for end in quoted.indices.dropFirst() {
      let now = stream[quoted[end]]
      var net = 0.0
      var gross = 0.0
      for position in 1...end where stream[quoted[position - 1]].time > now.time - .hours(2) {
        let (old, new) = (stream[quoted[position - 1]].book, stream[quoted[position]].book)
        for side in LiquidationSide.allCases {
          guard let before = old.levels(against: side).first, let after = new.levels(against: side).first else {
            continue
          }
          let better = side.sign * (after.price - before.price)
          let term = (better >= 0 ? after.notional : 0) - (better <= 0 ? before.notional : 0)
          net += side.sign * term
          gross += abs(term)
        }
      }
      let found = try rows.value("best_flow_imbalance_2h", row: quoted[end])
      #expect(agree(found, gross > 0 ? net / gross : .nan, within: 1e-8))
    }
  }
}
