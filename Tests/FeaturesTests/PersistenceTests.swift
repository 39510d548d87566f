import Features
import Foundation
import Markets
import Testing

/// One market's snapshots with a mid, with the slow answers to every question about a window.
struct SlowHistory {
  let snapshots: [BookSnapshot]
  let depths: [BySide<Double>]

  init(_ snapshots: [BookSnapshot]) {
    self.snapshots = snapshots.filter { $0.book.mid != nil }
    depths = self.snapshots.map { snapshot in
      BySide { log(1 + (snapshot.book.depth(within: BasisPoints(100).fraction, on: $0) ?? .nan)) }
    }
  }

  /// The positions in a window that ends at position `end`.
  func positions(endingAt end: Int, _ length: TimeSpan) -> [Int] {
    (0...end).filter { snapshots[$0].time > snapshots[end].time - length }
  }

  func quantile(_ level: Double, _ values: [Double]) -> Double {
    let sorted = values.sorted()
    let position = level * Double(sorted.count - 1)
    let rank = Int(position)
    return rank + 1 < sorted.count
      ? sorted[rank] + (position - Double(rank)) * (sorted[rank + 1] - sorted[rank]) : sorted[rank]
  }

  func isThin(_ position: Int, _ side: LiquidationSide, multiple: Double) -> Bool {
    let window = positions(endingAt: position, .hours(72)).map { depths[$0][side] }
    return depths[position][side] - quantile(0.5, window) < log(multiple)
  }

  func persistent(_ end: Int, _ side: LiquidationSide, _ length: TimeSpan) -> Double {
    let window = positions(endingAt: end, length)
    let mid = snapshots[end].book.mid ?? .nan
    var total = 0.0
    for level in snapshots[end].book.levels(against: side) {
      if side.sign * (level.price - mid * (1 - side.sign * BasisPoints(100).fraction)) < 0 { continue }
      let sizes = window.map { position in
        snapshots[position].book.levels(against: side).first { $0.price == level.price }?.size ?? 0
      }
      total += level.price * (sizes.min() ?? 0)
    }
    return log(1 + total)
  }
}

@Suite("Persistence features")
struct PersistenceTests {
  @Test("rolling depth equals its recomputation from the stored past", arguments: [41, 42] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let stream = try randomStream(seed: seed, markets: ["A"], count: 350)
    let rows = NamedRows(stream)
    let scorable = rows.rows.indices.filter { rows.rows[$0].isScorable }
    let history = SlowHistory(stream)
    for (label, length) in [("1h", TimeSpan.hours(1)), ("6h", .hours(6)), ("72h", .hours(72))] {
      for end in stride(from: 0, to: scorable.count, by: 3) {
        for side in LiquidationSide.allCases {
          func check(_ name: String, _ expected: Double) throws {
            let found = try rows.value("\(name)_\(label)", side, row: scorable[end])
            #expect(agree(found, expected, within: 1e-8), "\(name)_\(label) row \(end): \(found), \(expected)")
          }
          let window = history.positions(endingAt: end, length)
          let values = window.map { history.depths[$0][side] }
          let mean = values.reduce(0, +) / Double(values.count)
          let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
          let deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan
          let last = history.depths[end][side]
          try check("depth_minimum_100bp", values.min() ?? .nan)
          try check("depth_median_100bp", history.quantile(0.5, values))
          try check("depth_quantile10_100bp", history.quantile(0.1, values))
          try check("depth_mean_100bp", mean)
          try check("depth_drawdown_100bp", (values.max() ?? .nan) - last)
          try check("depth_change_100bp", values.count > 1 ? last - values[0] : .nan)
          try check("depth_volatility_100bp", log(0.02 + deviation))
          try check("persistent_depth_100bp", history.persistent(end, side, length))
          let thin = window.filter { history.isThin($0, side, multiple: 0.64) }
          try check("thin_share_64_100bp", Double(thin.count) / Double(window.count))
        }
      }
    }
  }

  @Test("the thin share of time weighs each state by how long it lasted")
  func thinTime() throws {
    let sizes = [(0.0, 10.0), (600, 10), (1200, 1), (1500, 10), (2400, 10)]
    let rows = NamedRows(try sizes.map { try snapshot($0.0, book([(99.9, $0.1)], [(100.1, 10)])) })
    #expect(try agree(rows.value("thin_time_share_40_100bp_1h"), 300 / 2400))
    #expect(try agree(rows.value("thin_share_40_100bp_1h"), 1 / 5))
    #expect(try rows.value("thin_time_share_40_100bp_1h", .buy) == 0)
    #expect(try agree(rows.value("time_since_halved_100bp"), log1p(20)))
    #expect(try agree(rows.value("time_since_halved_100bp", .buy), log1p(72 * 60)))
  }

  @Test("the averages of depth follow their recursion")
  func averages() throws {
    let rows = NamedRows([
      try snapshot(0, book([(99.9, 10)], [(100.1, 1)])), try snapshot(7_200, book([(99.9, 40)], [(100.1, 1)])),
    ])
    let (first, second) = (log(1 + 999.0), log(1 + 3_996.0))
    #expect(try agree(rows.value("ewma_depth_100bp_fast", row: 0), first))
    #expect(try agree(rows.value("ewma_depth_100bp_fast"), 0.25 * first + 0.75 * second))
  }

  @Test("an order that flickers adds nothing to persistent depth")
  func flicker() throws {
    let calm = [(99.9, 10.0), (99.5, 10)]
    let stuffed = [(99.9, 10.0), (99.8, 1e6), (99.5, 10)]
    let asks = [(100.1, 10.0)]
    let rows = NamedRows([
      try snapshot(0, book(calm, asks)), try snapshot(600, book(stuffed, asks)),
      try snapshot(1200, book(stuffed, asks)),
    ])
    #expect(try agree(rows.value("persistent_depth_100bp_1h"), log(1 + 999.0 + 995)))
    #expect(try rows.value("depth_100bp") > rows.value("persistent_depth_100bp_1h") + 5)
  }
}
