import MarketData
import Markets
import Reporting
import Testing

@Suite("An inspection as text")
struct InspectionTextTests {
  private func book(
    _ market: String, _ seconds: Int64, bids: [(Double, Double)], asks: [(Double, Double)]
  ) throws -> RecordedEvent {
    .snapshot(
      BookSnapshot(
        time: try #require(Timestamp(seconds: 1_759_276_800 + seconds)), market: try #require(MarketName(market)),
        book: try OrderBook(
          bids: bids.map { BookLevel(price: $0.0, size: $0.1) }, asks: asks.map { BookLevel(price: $0.0, size: $0.1) }))
    )
  }

  private func fault(_ market: String?, line: Int, _ kind: RecordFault.Kind = .malformed) -> RecordedEvent {
    .rejected(
      RecordFault(
        kind: kind, file: "books.jsonl", line: line, market: market.flatMap { MarketName($0) }, field: "time",
        reason: kind == .malformed ? "'soon' is not a time" : "is before the record above it"))
  }

  /// Every kind of book: quiet, stale, at the same time, locked, crossed, one-sided, empty and after a gap.
  private func everyKind(_ market: String) throws -> [RecordedEvent] {
    [
      try book(market, 0, bids: [(99, 1), (98, 1)], asks: [(101, 1), (104, 1)]),
      try book(market, 10, bids: [(99, 1), (98, 1)], asks: [(101, 1), (104, 1)]),
      try book(market, 20, bids: [(99, 1), (98, 1)], asks: [(101, 1), (104, 1)]),
      try book(market, 20, bids: [(100, 1)], asks: [(100, 2)]),
      try book(market, 1_320, bids: [(101, 1)], asks: [(99, 2)]),
      try book(market, 1_330, bids: [], asks: [(99, 2)]),
      try book(market, 1_340, bids: [], asks: []),
    ]
  }

  private func text(_ events: [RecordedEvent], rows: Int? = nil) -> String {
    var inspection = Inspection()
    for event in events { inspection.observe(event) }
    return InspectionText(inspection.finish { $0.text == "LTCUSDT" ? rows : nil }).text()
  }

  @Test("A column for each market, absent figures where there is none, then the rejected records")
  func golden() throws {
    let events =
      try everyKind("LTCUSDT") + [
        book("ETHUSDT", 1_350, bids: [(2_000, 3)], asks: [(2_001, 4)]), fault("LTCUSDT", line: 9),
        fault("ETHUSDT", line: 10, .outOfOrder), fault("XRPUSDT", line: 11), fault(nil, line: 12),
      ]
    try Golden.expect(text(events, rows: 12_345), "inspection-every-kind")
  }

  @Test("Reports have rows for the kinds that some market has, and none without them")
  func reports() throws {
    let (time, market) = (Timestamp(nanoseconds: 1), try #require(MarketName("ETHUSDT")))
    let trade = MarketReport.trade(Trade(time: time, market: market, price: 1, size: 1, aggressor: nil))
    let figure = MarketReport.figure(MarketFigure(time: time, market: market, kind: .openInterestValue, value: 1))
    let events = try everyKind("LTCUSDT") + [.report(trade), .report(trade), .report(figure)]
    let rows = lines(text(events)).map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["trades", "2", "0"]))
    #expect(rows.contains(["open", "interests", "1", "0"]))
    #expect(!rows.contains { $0.first == "liquidations" })
    #expect(!text(try everyKind("LTCUSDT")).contains("trades"))
  }

  @Test("Only the first rejected records are named")
  func faults() {
    let named = lines(text((1...25).map { fault("ETHUSDT", line: $0) })).filter { $0.hasPrefix("rejected ") }
    #expect(named.count == 10)
    #expect(text((1...25).map { fault(nil, line: $0) }).hasSuffix("… and 15 more\n"))
    #expect(!text((1...10).map { fault(nil, line: $0) }).contains("more"))
  }

  @Test("One simulated market makes the table simulated")
  func provenance() throws {
    let real = try everyKind("ETHUSDT")
    #expect(text(real).hasPrefix("REAL · 1 market, 0 rejected records\n"))
    #expect(text(try real + everyKind("SIM-ALPHA")).hasPrefix("SIMULATED · 2 markets, 0 rejected records\n"))
  }
}
