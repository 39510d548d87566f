import Foundation
import MarketData
import Markets
import Sampling
import Testing

@Suite("Recorded streams")
struct RecordedStreamTests {
  private func events(_ paths: [String], limit: Int = 100, format: BookFormat? = nil) throws -> [RecordedEvent] {
    let stream = try RecordedStream(paths: paths, format: format)
    var events: [RecordedEvent] = []
    while true {
      let more = try stream.next(limit: limit)
      if more.isEmpty { return events }
      #expect(more.count <= limit)
      events += more
    }
  }

  private func times(_ events: [RecordedEvent]) -> [String] {
    events.map { event in
      switch event {
      case .snapshot(let snapshot): "\(snapshot.market) \(snapshot.time.nanoseconds)"
      case .report(let report): "\(report.name) of \(report.market) \(report.time.nanoseconds)"
      case .rejected(let fault): "\(fault.file.suffix(1)):\(fault.line) \(fault.kind.rawValue)"
      }
    }
  }

  private func line(_ market: String, _ time: Int) -> String {
    #"{"time":\#(time),"market":"\#(market)","bids":[[\#(time % 7 + 1),1]],"asks":[]}"# + "\n"
  }

  /// Markets at random times, long enough for several batches; a market's times never fall inside its file.
  private func recording(of market: String, count: Int, _ generator: inout SeededGenerator) -> [(String, Int)] {
    var time = generator.index(below: 50)
    return (0..<count).map { _ in
      time += generator.index(below: 3)
      return (market, time)
    }
  }

  @Test(arguments: [1, 7, 5_000])
  func theMergeEqualsASort(limit: Int) throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 5)
    var all: [(record: (String, Int), file: Int, place: Int)] = []
    for (file, market) in ["C", "A", "B", "A"].enumerated() {
      let records = recording(of: market, count: 300 + 400 * file, &generator)
      let text = Array(records.map { line($0.0, $0.1) }.joined().utf8)
      try folder.write(file % 2 == 0 ? text : gzip(text), to: "\(file)")
      all += records.enumerated().map { ($1, file, $0) }
    }
    let sorted = all.sorted {
      ($0.record.1, $0.record.0, $0.file, $0.place) < ($1.record.1, $1.record.0, $1.file, $1.place)
    }
    #expect(times(try events([folder.path], limit: limit)) == sorted.map { "\($0.record.0) \($0.record.1)" })
  }

  @Test func filesOfSeveralMarketsAndFormatsMerge() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write(line("A", 1) + line("Z", 5) + line("A", 1_751_716_880_000_000_000), to: "a"),
      try folder.write(Samples.binned, to: "deep/er/ETH.csv"),
      try folder.write(gzip(Array(Samples.tardis.utf8)), to: "t"),
    ]
    let merged = times(try events(paths))
    #expect(
      merged == [
        "A 1", "Z 5", "deribit:BTC 1598918403810979000", "deribit:BTC 1598918403894256000",
        "deribit:BTC 1598918403935479000", "ETH 1751716879000000000", "A 1751716880000000000",
        "ETH 1751717000000000000",
      ])
    #expect(times(try events([folder.path])) == merged)
  }

  @Test func booksOutOfOrderAreRejectedNeverMoved() throws {
    let folder = try TemporaryFolder()
    try folder.write(line("A", 5) + line("A", 5) + line("A", 3) + line("A", 8), to: "a")
    try folder.write(line("B", 6) + line("B", 4) + "\n" + line("C", 1) + line("B", 9), to: "b")
    let merged = try events([folder.path])
    #expect(
      times(merged) == [
        "A 5", "A 5", "a:3 out-of-order", "B 6", "b:2 out-of-order", "b:4 out-of-order", "A 8", "B 9",
      ])
    let faults = merged.compactMap { if case .rejected(let fault) = $0 { fault } else { nil } }
    #expect(faults.allSatisfy { $0.field == "time" })
    #expect(faults.map { $0.market?.text } == ["A", "B", "C"])
  }

  @Test func aBadRecordComesWhereItStandsAndTheFileGoesOn() throws {
    let folder = try TemporaryFolder()
    try folder.write("{}\n" + line("A", 5) + "{oops\n" + line("A", 8), to: "a")
    try folder.write(line("B", 1) + line("B", 6), to: "b")
    #expect(
      times(try events([folder.path], format: .canonical)) == [
        "B 1", "a:1 malformed", "A 5", "a:3 malformed", "B 6", "A 8",
      ])
  }

  @Test func aDamagedFileFailsAfterItsBooksAndTheOthersGoOn() throws {
    let folder = try TemporaryFolder()
    let text = (0..<600).map { line("A", 2 * $0) }.joined()
    let path = try folder.write(Array(gzip(Array(text.utf8)).dropLast(3)), to: "a")
    try folder.write((0..<601).map { line("B", 2 * $0) }.joined(), to: "b")
    let stream = try RecordedStream(paths: [folder.path])
    var counts = ["A": 0, "B": 0]
    var failures: [SourceFailure] = []
    while true {
      do throws(SourceFailure) {
        let events = try stream.next(limit: 64)
        if events.isEmpty { break }
        for event in events {
          if case .snapshot(let snapshot) = event { counts[snapshot.market.text, default: 0] += 1 }
        }
      } catch {
        #expect(counts["A"] == 600)
        failures.append(error)
      }
    }
    #expect(counts == ["A": 600, "B": 601])
    #expect(failures == [.corruptGzip(path: path, reason: "the data end inside a member")])
    #expect(stream.digests.map(\.name) == ["b"])
  }

  @Test func digestsAndRowCountsAreKnownAtTheEnd() throws {
    let folder = try TemporaryFolder()
    try folder.write(Samples.binned, to: "ETH.csv")
    try folder.write(Samples.canonical, to: "a.jsonl")
    let stream = try RecordedStream(paths: [folder.path])
    while !(try stream.next(limit: 2)).isEmpty {}
    #expect(stream.digests.map(\.name) == ["ETH.csv", "a.jsonl"])
    #expect(stream.digests.map(\.byteCount) == [Samples.binned.utf8.count, Samples.canonical.utf8.count])
    #expect(stream.rowCount(of: try market("ETH")) == 5)
    #expect(stream.rowCount(of: try market("A")) == 2)
  }

  @Test func aPipeIsReadOnceAndWhole() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(Samples.canonical.utf8))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(times(try events([path])) == ["A 1700000000000000000", "B 1700000001000000000", "A 1700000002000000000"])
  }

  @Test func aStreamReadBookByBookKeepsTheSameOrderOfTimes() throws {
    var order = ArrivalOrder()
    func admit(_ market: String, _ time: Int64) throws {
      let empty = try book(bids: [], asks: [])
      try order.admit(
        BookSnapshot(time: Timestamp(nanoseconds: time), market: try #require(MarketName(market)), book: empty))
    }
    try admit("A", -5)
    try admit("B", 7)
    #expect(throws: FieldFault.self) { try admit("A", 6) }
    try admit("A", 7)
  }

  @Test func manyFilesNeedFewDescriptors() throws {
    let folder = try TemporaryFolder()
    for index in 0..<1_500 { try folder.write(line("A", index), to: "\(index)") }
    #expect(try events([folder.path]).count == 1_500)
  }
}
