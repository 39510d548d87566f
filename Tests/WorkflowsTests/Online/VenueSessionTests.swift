import Margining
import MarketData
import Markets
import Sampling
import TestRecordings
import Testing
import VenueFeeds
import Workflows

/// Sessions on a venue's own lines.
@Suite("Scoring session, a venue's lines")
struct VenueSessionTests {
  private func session(_ venue: Venue, levels: Int = 1_000) throws -> ScoringSession {
    var configuration = VenueFeed.Configuration()
    configuration.levels = levels
    return try ScoringSession(
      SimulatedModel.plain.get(), reasonCount: 2, reader: .venue(VenueFeed(venue, configuration: configuration)),
      writer: ScoreLine(curve: .standard, features: .included))
  }

  private func state(of session: inout ScoringSession) throws -> StreamState {
    try StreamState(bytes: StreamState.bytes(session.takeState(OutputLengths())))
  }

  /// Feeds a session that never stops and one that is replaced at random lines, which must answer alike.
  private func relay(
    _ lines: [[UInt8]], _ venue: Venue, levels: Int = 1_000, probability: Double
  ) throws -> (answers: Int, relays: Int) {
    var whole = try session(venue, levels: levels)
    var stopped = whole
    var generator = SeededGenerator(seed: 8)
    var (answers, relays) = (0, 0)
    for line in lines {
      let expected = whole.answers(to: .bytes(line))
      try #require(stopped.answers(to: .bytes(line)) == expected, "line \(whole.lineCount)")
      answers += expected.count { $0 == UInt8(ascii: "\n") }
      guard generator.happens(withProbability: probability) else { continue }
      let state = try state(of: &stopped)
      stopped = try session(venue, levels: levels)
      try stopped.resume(state)
      #expect(stopped.lineCount == whole.lineCount)
      relays += 1
    }
    return (answers, relays)
  }

  @Test("stopped at random lines, it goes on as if it never had, books and losses included")
  func simulated() throws {
    let lines = SimulatedVenueLines.bybit(SimulatedBooks.snapshots.prefix(1_500))
    let result = try relay(lines, .bybit, probability: 0.05)
    #expect(result.relays > 50)
    // Each book that was lost takes those up to the next snapshot along.
    #expect((700..<1_500).contains(result.answers))
  }

  @Test(
    "so it does on recorded streams",
    .enabled(if: RecordedData.hasWire, "the recorded lines are not here"),
    arguments: [(Venue.binanceSpot, "spot_btcusdt_20240808"), (.binanceFutures, "usdm_ethusdt_20240808")])
  func recorded(venue: Venue, file: String) throws {
    var lines = try StoredLines(StoredBytes(path: "\(RecordedData.wire)/\(file).jsonl.gz"))
    var kept: [[UInt8]] = []
    while kept.count < 4_000, let line = try lines.next() {
      if case .complete(let bytes) = line { kept.append(Array(bytes)) }
    }
    let result = try relay(kept, venue, levels: 50, probability: 0.01)
    #expect(result.relays > 20)
    #expect(result.answers > 300)
  }

  @Test("a state of another venue, or of other settings of its reading, is refused")
  func strangers() throws {
    var first = try session(.bybit)
    let state = try state(of: &first)
    let others: [(ScoringSession, String)] = [
      (try session(.okx), "okx, 1000 levels"), (try session(.bybit, levels: 5), "bybit, 5 levels"),
      (
        try ScoringSession(SimulatedModel.plain.get(), reasonCount: 2, writer: ScoreLine(curve: .standard)), "canonical"
      ),
    ]
    for (other, form) in others {
      var other = other
      let refusal = try #require(throws: SessionRefusal.self) { try other.resume(state) }
      #expect(
        refusal.description
          == "the input does not fit: its lines were read as bybit, 1000 levels, and are to be read as \(form)")
    }
  }

  @Test("after a break it says which books ended, and how many lines there were is not known")
  func interruption() throws {
    let rows = [
      "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount",
      "venue,ABC,1700000000000000,1700000000000100,true,ask,11,2",
      "venue,ABC,1700000000000000,1700000000000100,true,bid,10.5,1",
      "venue,ABC,1700000000000000,1700000000100100,false,bid,10,4",
    ]
    var session = try session(.tardisIncremental)
    for row in rows { _ = session.answers(to: .bytes(Array(row.utf8))) }
    var output: [UInt8] = []
    session.interrupt(after: 2, into: &output)
    let text = String(decoding: output, as: UTF8.self)
    #expect(text.contains(#""reason":"no book: messages may have been missed before this process began""#))
    #expect(text.split(separator: "\n").count == 1)
    #expect(session.lineCount == 4)
  }
}
