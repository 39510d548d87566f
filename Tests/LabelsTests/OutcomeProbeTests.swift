import Labels
import Markets
import Testing

@Suite struct OutcomeProbeTests {
  private func snapshot(bids: [(Double, Double)], asks: [(Double, Double)]) throws -> BookSnapshot {
    BookSnapshot(
      time: at(7), market: try market(),
      book: try OrderBook(
        bids: bids.map { BookLevel(price: $0.0, size: $0.1) }, asks: asks.map { BookLevel(price: $0.0, size: $0.1) }))
  }

  @Test func readsMidDepthAndExecution() throws {
    let closeOut = try CloseOut(notional: 200, reach: BasisPoints(500), maintenanceMargin: .full)
    let probe = OutcomeProbe(task: try task(closeOut: closeOut))
    // Mid 100, so two units are executed; the band of 100 bp ends at 99 and 101.
    let seen = probe.observe(try snapshot(bids: [(99.5, 1), (99, 2), (98, 5)], asks: [(100.5, 3)]))
    #expect(seen.time == at(7))
    #expect(seen.mid == 100)
    #expect(seen.depth == BySide(sell: 99.5 + 198, buy: 301.5))
    #expect(seen.execution?.sell == Execution(price: (99.5 + 99) / 2))
    #expect(seen.execution?.buy == Execution(price: 100.5))
  }

  @Test func saysWhenTheBookIsExhausted() throws {
    let closeOut = try CloseOut(notional: 400, reach: BasisPoints(100), maintenanceMargin: .full)
    let probe = OutcomeProbe(task: try task(closeOut: closeOut))
    let seen = probe.observe(try snapshot(bids: [(99.5, 2), (90, 9)], asks: [(100.5, 2)]))
    // Four units: two from the book, two at the reach.
    #expect(seen.execution?.sell == Execution(price: (2 * 99.5 + 2 * 99) / 4, isExhausted: true))
    #expect(seen.execution?.buy == Execution(price: (2 * 100.5 + 2 * 101) / 4, isExhausted: true, isCensored: true))
  }

  @Test func knowsNothingOfAOneSidedBook() throws {
    let closeOut = try CloseOut(notional: 400, maintenanceMargin: .full)
    let probe = OutcomeProbe(task: try task(closeOut: closeOut))
    for snapshot in [
      try snapshot(bids: [(99, 1)], asks: []), try snapshot(bids: [], asks: [(101, 1)]),
      try snapshot(bids: [], asks: []),
    ] {
      let seen = probe.observe(snapshot)
      #expect(seen.mid == nil)
      #expect(seen.depth == nil)
      #expect(seen.execution == nil)
    }
  }

  @Test func aBookWithAWideSpreadHasNoDepthButIsKnown() throws {
    let probe = OutcomeProbe(task: try task())
    let seen = probe.observe(try snapshot(bids: [(90, 1)], asks: [(110, 1)]))
    #expect(seen.depth == BySide(sell: 0, buy: 0))
    #expect(seen.execution == nil)
  }

  @Test func numbersThatAreNotFiniteAreUnknown() throws {
    let probe = OutcomeProbe(
      task: try task(closeOut: CloseOut(notional: 1e-300, maintenanceMargin: .full)))
    let seen = probe.observe(try snapshot(bids: [(1e308, 1e300)], asks: [(1.5e308, 1e300)]))
    #expect(seen.mid == nil)
    #expect(seen.depth == nil)
    #expect(seen.execution == nil)
    let direct = OutcomeObservation(
      time: at(0), market: try market(), mid: .nan, depth: BySide(sell: .nan, buy: 1),
      execution: BySide(sell: Execution(price: 0), buy: Execution(price: 1)))
    #expect(direct.mid == nil && direct.depth == nil && direct.execution == nil)
  }
}
