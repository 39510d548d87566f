import Features
import Foundation
import Markets
import Testing

/// A return of one market over the interval between two of its snapshots.
private struct Step {
  let market: MarketName
  let start: Timestamp
  let end: Timestamp
  let value: Double

  func overlaps(_ other: Step) -> Bool { start < other.end && other.start < end }
}

@Suite("Cross-market features")
struct CrossMarketTests {
  @Test("pair correlation equals the double sum over overlapping returns", arguments: [71, 72] as [UInt64])
  func hayashiYoshida(seed: UInt64) throws {
    // A market's second snapshot of one instant replaces the first, which the double sum does not know.
    var seen: Set<[String]> = []
    let stream = try randomStream(seed: seed, markets: ["A", "B"], count: 260).filter {
      seen.insert([$0.market.text, $0.time.description]).inserted
    }
    let rows = NamedRows(stream)
    var steps: [Step] = []
    var last: [MarketName: BookSnapshot] = [:]
    for (index, snapshot) in stream.enumerated() {
      guard let mid = snapshot.book.mid else { continue }
      if let before = last[snapshot.market], let beforeMid = before.book.mid {
        steps.append(
          Step(market: snapshot.market, start: before.time, end: snapshot.time, value: log(mid) - log(beforeMid)))
      }
      last[snapshot.market] = snapshot
      let window = steps.filter { $0.end > snapshot.time - .hours(24) }
      let (a, b) = (window.filter { $0.market.text == "A" }, window.filter { $0.market.text == "B" })
      var product = 0.0
      // The later return decides whether a product lies in the window.
      for x in steps where x.market.text == "A" {
        for y in steps where y.market.text == "B" && x.overlaps(y) && max(x.end, y.end) > snapshot.time - .hours(24) {
          product += x.value * y.value
        }
      }
      let scale = (a.reduce(0) { $0 + $1.value * $1.value } * b.reduce(0) { $0 + $1.value * $1.value }).squareRoot()
      let expected = scale > 0 ? max(-1, min(1, product / scale)) : .nan
      let found = try rows.value("pair_correlation_24h", row: index)
      #expect(agree(found, expected, within: 1e-6), "row \(index): \(found), \(expected)")
    }
  }

  /// Three markets observed together; C moves with A when `coupling` is one.
  static func together(coupling: Double, count: Int = 200) throws -> [BookSnapshot] {
    try (0..<count).flatMap { index in
      let t = Double(index)
      let moves = [sin(t * 1.7), sin(t * 2.9 + 1), coupling * sin(t * 1.7) + (1 - coupling) * sin(t * 4.3 + 2)]
      return try ["A", "B", "C"].enumerated().map { market, name in
        try snapshot(t * 600, book(mid: 1_000 + 10 * moves[market], bidSize: 100 + 50 * moves[market]), market: name)
      }
    }
  }

  @Test("markets that move as one raise correlation, eigenvalue share and absorption")
  func coupling() throws {
    let loose = NamedRows(try Self.together(coupling: 0))
    let tight = NamedRows(try Self.together(coupling: 1))
    for name in ["average_correlation", "first_eigenvalue_share", "absorption_ratio"] {
      #expect(try tight.value(name) > loose.value(name) + 0.05, "\(name)")
    }
    // The last row is C's, simultaneous with A's and B's.
    #expect(try agree(tight.value("first_eigenvalue_share"), (1 + 1 + 0.0) / 3, within: 0.05))
  }

  @Test("the eigenvalue share solves the two-market case in closed form")
  func closedForm() throws {
    let rows = NamedRows(try Self.together(coupling: 0).filter { $0.market.text != "B" })
    let correlation = try rows.value("average_correlation")
    #expect(try agree(rows.value("first_eigenvalue_share"), (1 + abs(correlation)) / 2, within: 1e-12))
  }

  @Test("simultaneous depth changes are explained whatever the order of arrival")
  func commonality() throws {
    let stream = try Self.together(coupling: 1).filter { $0.market.text != "B" }
    let reversed = stride(from: 0, to: stream.count, by: 2).flatMap { [stream[$0 + 1], stream[$0]] }
    for ordered in [stream, reversed] {
      let rows = NamedRows(ordered)
      #expect(try rows.value("depth_commonality_100bp_24h", row: stream.count - 2) > 0.999)
      #expect(try rows.value("depth_commonality_100bp_24h", row: stream.count - 1) > 0.999)
      #expect(try rows.value("depth_commonality_100bp_24h", row: 6).isNaN)
    }
  }

  @Test("a snapshot sees what arrived before it, and not itself among the others")
  func others() throws {
    let stream = try [
      snapshot(0, book(mid: 1_000, bidSize: 10), market: "A"), snapshot(0, book(mid: 1_000, bidSize: 10), market: "B"),
      snapshot(600, book(mid: 1_000, bidSize: 10), market: "A"), snapshot(600, book(mid: 990, bidSize: 1), market: "B"),
      snapshot(1_200, book(mid: 1_000, bidSize: 10), market: "A"),
    ]
    let configuration = try FeatureConfiguration(referenceMarket: MarketName("B"))
    let rows = NamedRows(stream, configuration)
    #expect(try rows.value("others_depth_to_median_100bp", row: 0).isNaN)
    #expect(try rows.value("others_adverse_return_1h", row: 2).isNaN)
    #expect(try agree(rows.value("others_adverse_return_1h"), log1p(-log(0.99) * 1e4)))
    #expect(try agree(rows.value("others_adverse_return_1h", .buy), -log1p(-log(0.99) * 1e4)))
    // B's fall at 600 s was part of what A could know at 600 s by time, though it arrived after.
    #expect(try rows.value("others_lead_return") == 0)
    #expect(try rows.value("reference_adverse_return_1h") == rows.value("others_adverse_return_1h"))
    let (high, low) = (log(1 + 9_990.0), log(1 + 989.0))
    #expect(try agree(rows.value("others_weakest_depth_to_median_100bp"), low - (high + low) / 2))
    // Of two markets and two sides one side was thin half of the time.
    #expect(try agree(rows.value("system_thin_share_40_100bp_1h"), 0.5 / 4))
  }

  @Test("another market's state expires")
  func freshness() throws {
    let rows = NamedRows(
      try [
        snapshot(0, book(mid: 1_000), market: "B"), snapshot(60, book(mid: 1_000), market: "A"),
        snapshot(3_661, book(mid: 1_000), market: "A"),
      ])
    #expect(try rows.value("others_depth_to_median_100bp", row: 1) == 0)
    #expect(try rows.value("others_depth_to_median_100bp", row: 2).isNaN)
  }
}
