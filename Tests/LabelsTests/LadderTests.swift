import Labels
import Markets
import Sampling
import Testing

@Suite("Losses of several sizes of position")
struct LadderTests {
  private static let notionals: [Double] = [50, 400, 3_000]

  private func snapshot(_ seconds: Int64, _ bids: [(Double, Double)], _ asks: [(Double, Double)]) throws -> BookSnapshot
  {
    BookSnapshot(
      time: at(seconds), market: try market(),
      book: try OrderBook(
        bids: bids.map { BookLevel(price: $0.0, size: $0.1) }, asks: asks.map { BookLevel(price: $0.0, size: $0.1) }))
  }

  /// A task whose liquidation has a size, a reach of 500 bp and a fee of 10 bp.
  private func task(notional: Double, latency: Int64 = 1, minimum: Int = 2, gap: Int64? = 12) throws -> ShortfallTask {
    try LabelsTests.task(
      latency: latency, minimum: minimum, gap: gap,
      closeOut: try CloseOut(notional: notional, fee: 0.001, maintenanceMargin: .full))
  }

  /// Books of up to six levels a side that move, thin out, fall silent and lose a side now and then.
  private func randomBooks(seed: UInt64, count: Int) throws -> [BookSnapshot] {
    var generator = SeededGenerator(seed: seed)
    var (time, mid) = (0 as Int64, 100.0)
    return try (0..<count).map { _ in
      time += Int64(generator.index(below: 4)) + (generator.happens(withProbability: 0.02) ? 20 : 0)
      mid += generator.normal()
      func side(_ sign: Double) -> [(Double, Double)] {
        if generator.happens(withProbability: 0.03) { return [] }
        return (1...6).map { (mid + sign * 0.5 * Double($0), 0.1 + 3 * generator.uniform()) }
      }
      return try snapshot(time, side(-1), side(1))
    }
  }

  private func outcomes(
    _ snapshots: [BookSnapshot], _ task: ShortfallTask, notionals: [Double] = notionals
  ) throws -> [LadderOutcome] {
    let (probe, closeOut) = (OutcomeProbe(task: task), try #require(task.closeOut))
    let ladder = LadderProbe(closeOut: closeOut, notionals: notionals)
    var labeler = try #require(LadderLabeler(task: task, rungCount: notionals.count))
    var outcomes: [LadderOutcome] = []
    for snapshot in snapshots { outcomes += labeler.observe(probe.observe(snapshot), ladder.observe(snapshot.book)) }
    return outcomes + labeler.finish()
  }

  @Test("By hand: each size loses what its own sweep costs, and the mid alone what it moved")
  func handWorked() throws {
    let stream = try [
      snapshot(0, [(99, 10)], [(101, 10)]),
      // Mid 98: 50 is half a unit at 97; 400 are 4.08 units, one at 97 and the rest at 93.1, the reach.
      snapshot(5, [(97, 1)], [(99, 100)]),
      snapshot(9, [(100, 10)], [(102, 10)]),
      snapshot(30, [(99, 10)], [(101, 10)]),
    ]
    let task = try task(notional: 50, latency: 0, gap: nil)
    let first = try #require(try outcomes(stream, task, notionals: [50, 400]).first)
    #expect(first.time == at(0) && first.hasMid)
    #expect(abs(first.losses[0].sell - (0.03 + 0.001)) < 1e-12)
    let mean = (97 + (400.0 / 98 - 1) * 98 * 0.95) / (400.0 / 98)
    #expect(abs(first.losses[1].sell - ((100 - mean) / 100 + 0.001)) < 1e-12)
    #expect(abs(first.losses[0].buy - (0.02 + 0.001)) < 1e-12)
    #expect(abs(first.adverseReturn.sell - 0.02) < 1e-15)
    #expect(abs(first.adverseReturn.buy - 0.01) < 1e-15)
  }

  @Test("A size's losses are those of a task whose liquidation has that size", arguments: 0..<8 as Range<UInt64>)
  func equalsTheTaskOfTheSize(seed: UInt64) throws {
    let stream = try randomBooks(seed: seed, count: 200)
    let outcomes = try outcomes(stream, try task(notional: 400))
    try #require(outcomes.count == stream.count)
    for (rung, notional) in Self.notionals.enumerated() {
      let own = try task(notional: notional)
      let probe = OutcomeProbe(task: own)
      for (position, pair) in labels(own, stream.map(probe.observe)).enumerated() {
        for side in LiquidationSide.allCases {
          let (found, expected) = (outcomes[position].losses[rung][side], pair[side].closeOutLoss?.value?.total)
          #expect(expected.map { $0 == found } ?? found.isNaN, "origin \(position), size \(notional)")
        }
        #expect(outcomes[position].hasMid == (pair.sell.inShortfall != nil))
      }
    }
  }

  @Test(
    "The adverse return is the worst move of the mid, and no loss of a larger size is smaller", arguments: [21, 22])
  func properties(seed: UInt64) throws {
    let stream = try randomBooks(seed: seed, count: 300)
    let task = try task(notional: 400)
    var known = 0
    for (position, outcome) in try outcomes(stream, task).enumerated() {
      let origin = stream[position]
      for side in LiquidationSide.allCases where outcome.adverseReturn[side].isFinite {
        known += 1
        let mid = try #require(origin.book.mid)
        let moves = stream.filter {
          $0.time > origin.time + task.latency && $0.time <= origin.time + task.informationSpan
        }.compactMap(\.book.mid).map { side.sign * (mid - $0) / mid }
        #expect(outcome.adverseReturn[side] == moves.max())
        #expect(zip(outcome.losses, outcome.losses.dropFirst()).allSatisfy { $0[side] <= $1[side] })
        #expect(outcome.adverseReturn[side] < outcome.losses[0][side])
      }
    }
    #expect(known > 100)
  }

  @Test("A book without a mid has no executions, and a task without a liquidation no losses")
  func nothing() throws {
    let probe = LadderProbe(closeOut: try #require(try task(notional: 1).closeOut), notionals: Self.notionals)
    #expect(probe.observe(try snapshot(0, [(99, 1)], []).book) == nil)
    #expect(LadderLabeler(task: try LabelsTests.task(), rungCount: 2) == nil)
  }

  @Test("The cost of a sweep is the loss against the mid")
  func cost() throws {
    let probe = LadderProbe(closeOut: try #require(try task(notional: 1).closeOut), notionals: [100, 400])
    let seen = try #require(probe.observe(try snapshot(0, [(99, 1), (98, 9)], [(101, 9)]).book))
    #expect(abs(seen.cost(of: 0, on: .sell) - 0.01) < 1e-15)
    #expect(abs(seen.cost(of: 1, on: .sell) - 0.0175) < 1e-15)
    #expect(abs(seen.cost(of: 1, on: .buy) - 0.01) < 1e-15)
  }
}
