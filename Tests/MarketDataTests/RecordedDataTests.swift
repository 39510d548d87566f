import Foundation
import MarketData
import Markets
import Testing

/// Recordings that are not part of the repository; skipped where they are absent.
@Suite("Recorded data")
struct RecordedDataTests {
  private static let folder: String = {
    if let named = ProcessInfo.processInfo.environment["SHORTFALL_RECORDED_DATA"] { return named }
    var package = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { package.deleteLastPathComponent() }
    return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
  }()

  private static func isPresent(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

  @Test(.enabled(if: isPresent("kraken-binned"), "the recorded books are not here"))
  func theSpotRecordingIsReadWhole() throws {
    // Unoptimised code reads the smallest of the three files only.
    let stream = try RecordedStream(paths: ["\(Self.folder)/kraken-binned" + (isUnoptimised ? "/XRPUSDT.csv.gz" : "")])
    var inspection = Inspection()
    while case let events = try stream.next(limit: 1_024), !events.isEmpty {
      for event in events { inspection.observe(event) }
    }
    let report = inspection.finish(rows: stream.rowCount(of:))
    #expect(report.rejectedRecords == 0)
    #expect(report.markets.map(\.market) == (isUnoptimised ? ["XRPUSDT"] : ["ETHUSDT", "LTCUSDT", "XRPUSDT"]))
    #expect(report.markets.map(\.rows) == (isUnoptimised ? [277_507] : [3_355_498, 3_912_305, 277_507]))
    #expect(report.markets.map(\.locked) == (isUnoptimised ? [11_541] : [10_856, 10_005, 11_541]))
    for market in report.markets {
      #expect(market.snapshots == 11_717)
      #expect((market.first, market.last) == ("2025-07-05T12:01:19Z", "2025-11-30T23:59:44Z"))
      #expect(market.gaps.longest.first == MarketInspection.Gap(start: "2025-11-01T15:00:22Z", seconds: 23_005))
      #expect((market.outOfOrder, market.duplicates, market.crossed) == (0, 0, 0))
    }
  }

  @Test(.enabled(if: isPresent("venue-fixtures"), "the recorded books are not here"), arguments: [5, 25])
  func vendorSnapshotsAreReadWhole(levels: Int) throws {
    let path = "\(Self.folder)/venue-fixtures/tardis_binance-futures_book_snapshot_\(levels)_BTCUSDT.csv"
    let events = try RecordedStream(paths: [path]).next(limit: 100)
    #expect(events.count == 10)
    for case .snapshot(let snapshot) in events {
      #expect(snapshot.market.text == "binance-futures:BTCUSDT")
      #expect((snapshot.book.bids.count, snapshot.book.asks.count) == (levels, levels))
      #expect(snapshot.book.condition == .normal)
    }
    #expect(!events.contains { if case .rejected = $0 { true } else { false } })
  }
}
