import Features
import Foundation
import Markets
import Testing

@Suite("Depth features")
struct DepthTests {
  /// Mid 100; bids at 10, 40 and 150 bp, asks at 10 and 80 bp.
  static func worked() throws -> NamedRows {
    NamedRows([
      try snapshot(0, book([(99.9, 10), (99.6, 20), (98.5, 30)], [(100.1, 30), (100.8, 5)]))
    ])
  }

  @Test("depth, annulus, imbalance and near share are those of the worked book")
  func bands() throws {
    let rows = try Self.worked()
    let bids = 999.0 + 1_992
    let asks = 3_003.0 + 504
    #expect(try agree(rows.value("depth_5bp"), 0))
    #expect(try agree(rows.value("depth_25bp"), log(1 + 999.0)))
    #expect(try agree(rows.value("depth_100bp"), log(1 + bids)))
    #expect(try agree(rows.value("depth_100bp", .buy), log(1 + asks)))
    #expect(try agree(rows.value("opposite_depth_100bp"), log(1 + asks)))
    #expect(try agree(rows.value("annulus_depth_100bp_200bp"), log(1 + 98.5 * 30)))
    #expect(try agree(rows.value("imbalance_100bp"), (bids - asks) / (bids + asks)))
    #expect(try agree(rows.value("imbalance_100bp", .buy), (asks - bids) / (bids + asks)))
    #expect(try rows.value("imbalance_5bp").isNaN)
    #expect(try agree(rows.value("near_share_25bp_100bp"), 999 / bids))
  }

  @Test("depths equal the book's own answer bit for bit")
  func sameBits() throws {
    let stream = try randomStream(seed: 8, count: 300)
    let rows = NamedRows(stream)
    for (index, snapshot) in stream.enumerated() {
      for side in LiquidationSide.allCases {
        let depth = snapshot.book.depth(within: BasisPoints(50).fraction, on: side).map { log(1 + $0) } ?? .nan
        #expect(try rows.value("depth_50bp", side, row: index).bitPattern == depth.bitPattern)
      }
    }
  }

  @Test("spread, microprice and coverage are those of the worked book")
  func tightness() throws {
    let rows = try Self.worked()
    #expect(try agree(rows.value("spread"), log1p(20)))
    // (99.9 × 30 + 100.1 × 10) / 40 = 99.95: five basis points below the mid, which hurts sellers.
    #expect(try agree(rows.value("microprice_deviation"), log1p(5), within: 1e-8))
    #expect(try agree(rows.value("microprice_deviation", .buy), -log1p(5), within: 1e-8))
    #expect(try agree(rows.value("coverage"), log1p(150)))
    #expect(try agree(rows.value("coverage", .buy), log1p(80)))
  }

  @Test("sweep cost, round trip and exhaustion are those of the worked book")
  func sweeps() throws {
    let configuration = try FeatureConfiguration(sweepNotionals: [2_000, 1e6])
    let rows = NamedRows(
      [try snapshot(0, book([(99.9, 10), (99.6, 20), (98.5, 30)], [(100.1, 30), (100.8, 5)]))], configuration)
    // 20 units: sold 10 at 10 bp and 10 at 40 bp; bought all at 10 bp.
    #expect(try agree(rows.value("sweep_cost_2k"), log1p(25), within: 1e-8))
    #expect(try agree(rows.value("sweep_cost_2k", .buy), log1p(10), within: 1e-8))
    #expect(try agree(rows.value("round_trip_cost_2k"), log1p(35), within: 1e-8))
    #expect(try agree(rows.value("exhaustion_1M"), log((1 + 999.0 + 1_992 + 2_955) / 1e6)))
  }

  @Test("slope, gap and concentration are those of the worked book")
  func shape() throws {
    let rows = try Self.worked()
    // Two levels within 100 bp are too few for a slope.
    #expect(try rows.value("depth_slope_100bp").isNaN)
    #expect(try agree(rows.value("largest_gap_50bp"), log1p(30), within: 1e-8))
    #expect(try agree(rows.value("largest_gap_50bp", .buy), log1p(40), within: 1e-8))
    let shares = [999.0, 1_992].map { $0 / 2_991 }
    #expect(try agree(rows.value("concentration_100bp"), log(shares[0] * shares[0] + shares[1] * shares[1])))
    // Cumulative notional proportional to distance has slope one.
    let unit = [1.0, 2, 4, 8].map { distance -> (Double, Double) in
      let price = 100 - distance / 10
      return (price, (distance == 1 ? 1 : distance / 2) / price)
    }
    let straight = NamedRows([try snapshot(0, book(unit, [(100.1, 1)]))])
    #expect(try agree(straight.value("depth_slope_100bp"), 1, within: 1e-6))
  }

  @Test("a thinner book is deeper on no band and costs more")
  func monotone() throws {
    let deep = try Self.worked()
    let thin = NamedRows([try snapshot(0, book([(99.9, 1), (99.6, 2), (98.5, 3)], [(100.1, 30), (100.8, 5)]))])
    for name in ["depth_10bp", "depth_200bp", "imbalance_100bp", "exhaustion_1M"] {
      #expect(try thin.value(name) < deep.value(name), "\(name)")
    }
    #expect(try thin.value("sweep_cost_10k") > deep.value("sweep_cost_10k"))
  }
}
