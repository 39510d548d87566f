import Margining
import MarketData
import Markets
import ModelStore
import Synchronization
import Telemetry
import TestRecordings
import Testing
import VenueFeeds
import Workflows

@Suite("The tally of a stream")
struct StreamTallyTests {
  private func created() throws -> ScoringSession {
    try ScoringSession(
      try SimulatedModel.plain.get(), reasonCount: 1, writer: ScoreLine(curve: .standard))
  }

  private func text(_ tally: StreamTally, at now: Timestamp = .distantFuture) -> String {
    var sheet = MetricSheet()
    tally.report(to: &sheet, at: now)
    return sheet.text
  }

  @Test("counts lines, books and faults of a session, whose answers it does not change")
  func session() throws {
    let books = SimulatedBooks.snapshots.prefix(60)
    var lines = books.map { InputLine.bytes(Array(SimulatedBooks.lines([$0]).dropLast())) }
    lines += [.tooLong, .bytes(Array("no".utf8)), lines[0]]
    var plain = try created()
    var counted = try created()
    counted.tally = StreamTally()
    counted.timer = StageTimer { 0 }
    for line in lines { #expect(counted.answers(to: line) == plain.answers(to: line)) }
    var sheet = MetricSheet()
    let last = try #require(books.last)
    counted.report(to: &sheet, at: last.time + .seconds(5))
    let said = sheet.text.split(separator: "\n")
    #expect(said.contains("shortfall_lines_total 63"))
    #expect(said.contains(#"shortfall_lines_rejected_total{field="line"} 1"#))
    #expect(said.contains(#"shortfall_lines_rejected_total{field="record"} 1"#))
    #expect(
      said.contains(#"shortfall_books_unscored_total{market="\#(books[0].market)",reason="out-of-order"} 1"#))
    #expect(said.contains(#"shortfall_book_age_seconds{market="\#(last.market)"} 5"#))
    #expect(!said.contains { $0.hasPrefix("shortfall_books_lost_total") })
    let timed = try #require(counted.timer?.all)
    #expect(timed[.parse].count == 63)
    #expect(timed[.score].count == 61)
    #expect(timed[.features].count == 60)
    var without = MetricSheet()
    plain.report(to: &without, at: last.time)
    #expect(without.text.isEmpty)
  }

  @Test("counts lost books by market and by a reason without numbers")
  func lost() throws {
    var tally = StreamTally()
    let market = try #require(MarketName("A"))
    for expected in 1...3 as ClosedRange<Int64> {
      tally.observe(InvalidBook(time: .distantPast, market: market, reason: .gap(expected: expected, found: 9)))
    }
    tally.observe(InvalidBook(time: .distantPast, market: market, reason: .checksum(stated: 1, computed: 2)))
    #expect(text(tally).contains(#"shortfall_books_lost_total{market="A",reason="gap"} 3"#))
    #expect(text(tally).contains(#"shortfall_books_lost_total{market="A",reason="checksum"} 1"#))
  }

  @Test("stays bounded whatever the data names")
  func bounded() throws {
    var tally = StreamTally()
    for number in 0..<9_000 {
      let market = try #require(MarketName("M\(number)"))
      tally.observe(InvalidBook(time: .distantPast, market: market, reason: .contradiction))
      tally.observe(FieldFault(field: "key\(number)", reason: ""))
    }
    let lines = text(tally).split(separator: "\n")
    #expect(lines.count < 5_000)
    #expect(lines.contains(#"shortfall_lines_rejected_total{field="other"} 8900"#))
    #expect(lines.contains(#"shortfall_books_lost_total{market="other",reason="other"} 5000"#))
  }

  @Test("tells fields apart, and not places in lists")
  func fields() {
    #expect(StreamTally.family(of: "bids[3].price") == "bids[].price")
    #expect(StreamTally.family(of: "a[0][12]") == "a[][]")
    #expect(StreamTally.family(of: "time") == "time")
    #expect(StreamTally.family(of: "odd]x[") == "odd]x[")
  }
}
