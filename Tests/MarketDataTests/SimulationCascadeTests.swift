import MarketData
import Markets
import Testing

@Suite("Simulated markets: liquidation cascades")
struct SimulationCascadeTests {
  private struct Cascade {
    /// The largest fall from an hour's high, as a fraction, while in cascade.
    var fall = 0.0
    /// The least bid depth in cascade, as a share of the median.
    var depth = 1.0
  }

  private func worst(_ month: SimulatedMonth) -> [Cascade] {
    month.markets.indices.map { market in
      let rows = month.rows[market]
      let median = month.medianDepth(market, .sell)
      var result = Cascade()
      for index in rows.indices where rows[index].regime == .cascade {
        let hour = rows[...index].reversed().prefix { rows[index].seconds - $0.seconds <= 3_600 }
        let high = hour.map(\.mid).max() ?? rows[index].mid
        result.fall = max(result.fall, 1 - rows[index].mid / high)
        result.depth = min(result.depth, rows[index].depth.sell / median)
      }
      return result
    }
  }

  /// One shock falls into the first ten days, whatever the seed.
  @Test(arguments: [2, 5, 12, 20] as [UInt64])
  func tenDaysHoldACascade(seed: UInt64) {
    let cascades = worst(.recorded(seed: seed, duration: .days(10), cadence: .minutes(2)))
    #expect(cascades.contains { $0.fall > 0.06 && $0.depth < 0.25 }, "\(cascades)")
    #expect(cascades.allSatisfy { $0.fall > 0.03 && $0.depth < 0.5 }, "\(cascades)")
  }

  @Test func aCascadeFallsFarAndEmptiesTheBids() {
    let cascades = worst(.standard)
    #expect(cascades.allSatisfy { $0.fall > 0.1 && $0.fall < 0.4 && $0.depth < 0.1 }, "\(cascades)")
  }

  /// The loop is what deepens the fall: without positions to liquidate the same shock stops far earlier.
  @Test func withoutLeverageTheSameShockFallsLess() throws {
    var cascades = SimulatedCascades()
    let leveraged = try deepestHour(cascades)
    cascades.longInterest = 0
    cascades.shortInterest = 0
    let unleveraged = try deepestHour(cascades)
    #expect(unleveraged.fall > 0.03 && unleveraged.fall < 0.1)
    #expect(leveraged.fall > unleveraged.fall + 0.05)
    #expect(leveraged.depth < 0.2 * unleveraged.depth)
  }

  private func deepestHour(_ cascades: SimulatedCascades) throws -> Cascade {
    let configuration = try SimulationConfiguration(duration: .days(3), cascades: cascades)
    let market = configuration.instruments[2]
    var result = Cascade(fall: 0, depth: .infinity)
    var hour: [(time: Timestamp, mid: Double)] = []
    for simulated in SimulatedMarkets(configuration: configuration) where simulated.snapshot.market == market.name {
      let snapshot = simulated.snapshot
      guard let mid = snapshot.book.mid, let depth = snapshot.book.depth(within: 0.01, on: .sell) else { continue }
      hour.append((snapshot.time, mid))
      hour.removeAll { (snapshot.time - $0.time).seconds > 3_600 }
      result.fall = max(result.fall, 1 - mid / (hour.map(\.mid).max() ?? mid))
      result.depth = min(result.depth, depth)
    }
    return result
  }

  @Test func sweptDepthComesBack() {
    let month = SimulatedMonth.standard
    for market in month.markets.indices {
      let rows = month.rows[market]
      guard let last = rows.lastIndex(where: { $0.regime == .cascade }) else { continue }
      let median = month.medianDepth(market, .sell)
      let later = rows[last...].filter { (4 * 3_600..<10 * 3_600).contains($0.seconds - rows[last].seconds) }
      let mean = later.map(\.depth.sell).reduce(0, +) / Double(max(1, later.count))
      #expect(mean > 0.6 * median)
    }
  }
}
