import MarketData
import Markets
import Testing

/// The simulated task must be neither trivial nor hopeless.
///
/// The event: depth within 100 bp is below 0.4 × its median at any snapshot of the next 30 minutes, asked where it is not
/// below it yet.
@Suite("Simulated markets: how hard the shortfall task is")
struct SimulationDifficultyTests {
  private struct Onset {
    var scores: [Double] = []
    var outcomes: [Bool] = []
    var rate: Double { Double(outcomes.filter(\.self).count) / Double(outcomes.count) }
  }

  private func onset(_ month: SimulatedMonth, market: Int, side: LiquidationSide) -> Onset {
    let rows = month.rows[market]
    let threshold = 0.4 * month.medianDepth(market, side)
    let end = rows.last?.seconds ?? 0
    var result = Onset()
    for index in rows.indices where rows[index].depth[side] >= threshold && rows[index].seconds + 1_800 <= end {
      let horizon = rows[(index + 1)...].prefix { $0.seconds <= rows[index].seconds + 1_800 }
      if horizon.count < 3 { continue }
      result.outcomes.append(horizon.contains { $0.depth[side] < threshold })
      result.scores.append(threshold / rows[index].depth[side])
    }
    return result
  }

  /// The probability that a random event scores above a random non-event.
  private func rocArea(_ onset: Onset) -> Double {
    let order = onset.scores.indices.sorted { onset.scores[$0] < onset.scores[$1] }
    var (rankSum, events) = (0.0, 0.0)
    for (rank, index) in order.enumerated() where onset.outcomes[index] {
      rankSum += Double(rank + 1)
      events += 1
    }
    return (rankSum - events * (events + 1) / 2) / (events * (Double(order.count) - events))
  }

  @Test func eventsAreRareAndDepthAloneForeseesThemPartly() {
    let month = SimulatedMonth.standard
    var all = Onset()
    for market in month.markets.indices {
      for side in LiquidationSide.allCases {
        let part = onset(month, market: market, side: side)
        #expect((0.01...0.045).contains(part.rate), "\(month.markets[market]) \(side) \(part.rate)")
        all.scores += part.scores
        all.outcomes += part.outcomes
      }
    }
    #expect((0.02...0.04).contains(all.rate), "\(all.rate)")
    let area = rocArea(all)
    #expect((0.78...0.9).contains(area), "\(area)")
  }
}
