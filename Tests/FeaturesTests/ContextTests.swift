import Features
import Foundation
import Markets
import Testing

@Suite("Context features")
struct ContextTests {
  @Test("the day begins at midnight and the week on Monday, in UTC")
  func calendar() throws {
    for (text, day, week) in [
      ("2025-10-06T00:00:00Z", 0.0, 0.0), ("2025-10-10T21:00:00Z", 0.875, (4 + 0.875) / 7),
      ("1969-12-29T06:00:00Z", 0.25, 0.25 / 7),
    ] {
      let time = try #require(Timestamp(text))
      let name = try #require(MarketName("A"))
      let rows = NamedRows([BookSnapshot(time: time, market: name, book: try book(mid: 100))])
      #expect(try agree(rows.value("day_sine"), sin(2 * .pi * day)), "\(text)")
      #expect(try agree(rows.value("day_cosine"), cos(2 * .pi * day)), "\(text)")
      #expect(try agree(rows.value("week_sine"), sin(2 * .pi * week)), "\(text)")
      #expect(try agree(rows.value("week_cosine"), cos(2 * .pi * week)), "\(text)")
    }
  }

  @Test("repeats, gaps and quotes that meet are flagged")
  func quality() throws {
    let same = try book(mid: 100)
    let rows = NamedRows([
      try snapshot(0, same), try snapshot(60, same), try snapshot(120, same),
      try snapshot(120 + 2_701, book([(100, 1)], [(100, 2)])), try snapshot(3_000, book([(101, 1)], [(100, 2)])),
    ])
    #expect(try rows.value("stale", row: 0).isNaN)
    #expect(try (1...4).map { try rows.value("stale", row: $0) } == [1, 1, 0, 0])
    #expect(try agree(rows.value("stale_run", row: 2), log1p(2)))
    #expect(try (1...4).map { try rows.value("gap", row: $0) } == [0, 0, 1, 0])
    #expect(try agree(rows.value("time_since_update", row: 1), log1p(1)))
    #expect(try (0...4).map { try rows.value("locked", row: $0) } == [0, 0, 0, 1, 0])
    #expect(try (0...4).map { try rows.value("crossed", row: $0) } == [0, 0, 0, 0, 1])
    #expect(try rows.value("spread", row: 4) < 0)
  }
}
