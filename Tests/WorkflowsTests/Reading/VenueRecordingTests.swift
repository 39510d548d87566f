import Foundation
import MarketData
import Markets
import TestRecordings
import Testing
import VenueFeeds
import Workflows

/// Several files of one venue as one stream.
@Suite("Venue recordings")
struct VenueRecordingTests {
  private func books(_ venue: Venue, _ paths: [String], levels: Int = 1_000, strictness: Recording.Strictness = .stop)
    throws -> [BookSnapshot]
  {
    var configuration = VenueFeed.Configuration()
    configuration.levels = levels
    var recording = VenueRecording(
      paths: paths, feed: VenueFeed(venue, configuration: configuration), strictness: strictness)
    var books: [BookSnapshot] = []
    try recording.forEachBook { books.append($0) }
    return books
  }

  private func file(_ name: String, _ lines: [String]) throws -> String {
    try Scratch.file(name, lines.joined(separator: "\n"))
  }

  private func line(_ time: Int?, _ market: String, _ price: Int) -> String {
    let data = #"{"coin":"\#(market)","time":1,"levels":[[{"px":"\#(price)","sz":"1","n":1}],[]]}"#
    return (time.map { "\($0) " } ?? "") + #"{"channel":"l2Book","data":\#(data)}"#
  }

  @Test("files of different markets come in the order of their receive times, those of one time in the files' order")
  func merged() throws {
    let first = try file("a.txt", [line(10, "A", 1), line(20, "A", 2), line(20, "A", 3), line(40, "A", 4)])
    let second = try file("b.txt", [line(5, "B", 5), line(20, "B", 6), line(30, "B", 7)])
    let third = try file("c.txt", [line(20, "C", 8)])
    let prices = try books(.hyperliquid, [first, second, third]).compactMap(\.book.bids.first?.price)
    #expect(prices == [5, 1, 2, 3, 6, 8, 7, 4])
  }

  @Test("a line without a receive time stays behind the one before it, and files without any come one after another")
  func untimed() throws {
    let first = try file("a.txt", [line(nil, "A", 1), line(30, "A", 2), line(nil, "A", 3), line(50, "A", 4)])
    let second = try file("b.txt", [line(20, "B", 5), line(40, "B", 6)])
    #expect(
      try books(.hyperliquid, [first, second]).compactMap(\.book.bids.first?.price) == [5, 1, 2, 3, 6, 4])
    let bare = try file("bare.txt", [line(nil, "A", 1), line(nil, "A", 2)])
    let more = try file("more.txt", [line(nil, "B", 3), line(nil, "B", 4)])
    #expect(try books(.hyperliquid, [more, bare]).compactMap(\.book.bids.first?.price) == [3, 4, 1, 2])
  }

  @Test("a table's rows are merged by their own column of receive times")
  func rows() throws {
    let header = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount"
    let first = try file(
      "a.csv", [header, "v,A,1,10,true,bid,1,1", "v,A,1,10,true,ask,2,1", "v,A,1,40,false,bid,1,2"])
    let second = try file("b.csv", [header, "v,B,1,20,true,bid,3,1", "v,B,1,50,false,bid,3,2"])
    let found = try books(.tardisIncremental, [first, second])
    #expect(found.map(\.market.text) == ["v:A", "v:B", "v:A", "v:B"])
    #expect(found.map { $0.time.nanoseconds / 1_000 } == [10, 20, 40, 50])
  }

  @Test("a folder stands for its files, and a damaged one ends without ending the others")
  func damaged() throws {
    let folder = Scratch.path("venue")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(line(10, "A", 1).utf8).write(to: URL(filePath: folder + "/a.txt"))
    // The beginning of gzip data.
    try Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]).write(to: URL(filePath: folder + "/b.txt"))
    try Data(line(20, "C", 2).utf8).write(to: URL(filePath: folder + "/c.txt"))
    #expect(throws: SourceFailure.self) { try books(.hyperliquid, [folder]) }
    var lenient = VenueRecording(paths: [folder], feed: VenueFeed(.hyperliquid), strictness: .report)
    var prices: [Double] = []
    try lenient.forEachBook { prices += $0.book.bids.map(\.price) }
    #expect(prices == [1, 2])
  }

  @Test("an inspection of a venue's lines tells its books, its losses and what cannot be read")
  func inspected() throws {
    let lines = SimulatedVenueLines.bybit(SimulatedBooks.snapshots.prefix(900))
    let path = try Scratch.file("bybit.txt", Array(lines.joined(separator: [UInt8(ascii: "\n")])))
    let shown = try books(.bybit, [path], strictness: .report)
    let report = try InspectRecording.run(
      VenueRecording(paths: [path], feed: VenueFeed(.bybit), strictness: .report))
    #expect(report.rejectedRecords == 18)
    #expect(report.markets.map(\.snapshots).reduce(0, +) == shown.count)
    #expect(report.markets.count == 3)
    #expect(report.markets.allSatisfy { ($0.lostBooks ?? 0) > 5 })
    #expect(report.firstFaults.first?.contains("bybit.txt:") == true)
  }

  @Test(
    "recorded files of two markets and two days become one stream in time order",
    .enabled(if: RecordedData.hasWire, "the recorded lines are not here"))
  func recorded() throws {
    let names = ["spot_ethusdt_20240809", "spot_btcusdt_20240808", "spot_btcusdt_20240809", "spot_ethusdt_20240808"]
    let found = try books(.binanceSpot, names.map { "\(RecordedData.wire)/\($0).jsonl.gz" }, levels: 1)
    #expect(found.count == 6_493 + 6_469)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.time <= $1.time })
  }
}
