import MarketData
import Markets
import Sampling
import Testing

@Suite("Inspection")
struct InspectionTests {
  private func snapshot(_ seconds: Int64, bids: [(Double, Double)], asks: [(Double, Double)]) throws -> RecordedEvent {
    .snapshot(
      BookSnapshot(
        time: try #require(Timestamp(seconds: seconds)), market: try market("A"), book: try book(bids: bids, asks: asks)
      ))
  }

  @Test func countsWhatARecordingHolds() throws {
    var inspection = Inspection()
    inspection.observe(try snapshot(0, bids: [(99, 1), (98, 1)], asks: [(101, 1), (104, 1)]))
    inspection.observe(try snapshot(10, bids: [(99, 1), (98, 1)], asks: [(101, 1), (104, 1)]))
    inspection.observe(try snapshot(20, bids: [(99, 1), (98, 1)], asks: [(101, 1), (104, 1)]))
    inspection.observe(try snapshot(20, bids: [(100, 1)], asks: [(100, 2)]))
    inspection.observe(try snapshot(120, bids: [(101, 1)], asks: [(99, 2)]))
    inspection.observe(try snapshot(130, bids: [], asks: [(99, 2)]))
    inspection.observe(try snapshot(140, bids: [], asks: []))
    inspection.observe(
      .rejected(
        RecordFault(
          kind: .outOfOrder, file: "f", line: 3, market: try market("A"), field: "time", reason: "is early")))
    inspection.observe(.rejected(RecordFault(file: "f", line: 4, field: "bids", reason: "is missing")))
    let report = inspection.finish { _ in 12 }
    #expect(report.rejectedRecords == 2)
    #expect(report.firstFaults == ["f:3: time: is early", "f:4: bids: is missing"])
    let found = try #require(report.markets.first)
    #expect((found.market, found.rows, found.snapshots) == ("A", 12, 7))
    #expect((found.first, found.last) == ("1970-01-01T00:00:00Z", "1970-01-01T00:02:20Z"))
    #expect(found.cadence == MarketInspection.Cadence(median: 10, ninetieth: 100, longest: 100))
    #expect(
      found.gaps
        == MarketInspection.Gaps(
          limit: 50, count: 1, longest: [MarketInspection.Gap(start: "1970-01-01T00:00:20Z", seconds: 100)]))
    #expect((found.staleRepeats, found.longestStaleRun, found.duplicates) == (2, 2, 1))
    #expect((found.crossed, found.locked, found.oneSided, found.empty) == (1, 1, 1, 1))
    #expect((found.outOfOrder, found.malformed) == (1, 0))
    #expect(found.askCoverage == MarketInspection.Coverage(minimum: 0, tenth: 0, median: 400))
    #expect(found.bidCoverage == MarketInspection.Coverage(minimum: 0, tenth: 0, median: 200))
  }

  @Test func absurdPricesLeaveTheReportFinite() throws {
    var inspection = Inspection()
    inspection.observe(
      try snapshot(0, bids: [(1e-300, 1)], asks: [(1e-300, 1), (1.7e308, 1)]))
    inspection.observe(try snapshot(1, bids: [(1.7e308, 1)], asks: [(1.75e308, 1e308)]))
    let found = try #require(inspection.finish().markets.first)
    #expect(found.bidCoverage == MarketInspection.Coverage(minimum: 0, tenth: 0, median: 0))
    #expect(found.askCoverage == nil)
  }

  @Test func nothingObservedIsAnEmptyReport() {
    let report = Inspection().finish()
    #expect(report == Inspection().finish())
    #expect(report.markets.isEmpty && report.rejectedRecords == 0)
  }

  @Test func namesTheFirstTenFaultsOnly() {
    var inspection = Inspection()
    for line in 1...25 { inspection.observe(.rejected(RecordFault(file: "f", line: line, field: "x", reason: "y"))) }
    #expect(inspection.finish().rejectedRecords == 25)
    #expect(inspection.finish().firstFaults.count == 10)
  }

  @Test func quantilesAreWithinTheirBound() throws {
    var generator = SeededGenerator(seed: 21)
    var sketch = QuantileSketch()
    var values: [Double] = []
    for _ in 0..<20_000 {
      let value = generator.exponential(mean: 800) * generator.exponential(mean: 1)
      values.append(value)
      sketch.add(value)
    }
    values.sort()
    for share in [0, 0.01, 0.1, 0.5, 0.9, 0.999, 1] {
      let exact = values[max(0, Int((share * 20_000).rounded(.up)) - 1)]
      let approximate = try #require(sketch.quantile(share))
      #expect(approximate <= exact && approximate >= exact * (1 - 1 / 256))
    }
    #expect(sketch.minimum == values.first && sketch.maximum == values.last)
    #expect(QuantileSketch().quantile(0.5) == nil)
  }

  @Test func quantilesOfExtremesStayInRange() {
    var sketch = QuantileSketch()
    for value in [0, -1, .infinity, .nan, 1e300, 1e-300] { sketch.add(value) }
    #expect(sketch.count == 5)
    #expect(sketch.quantile(0) == 0)
    #expect(sketch.maximum == .infinity)
    #expect(sketch.count(above: 1e10) == 2)
  }
}
