import Checkpoints
import MarketData
import Markets
import Sampling
import TestRecordings
import Testing
import VenueFeeds

/// What a feed remembers, put into bytes and taken out again by another feed.
@Suite("Feed state")
struct StateTests {
  private func bytes(of feed: inout VenueFeed) throws -> [UInt8] {
    var archive = StateArchive()
    try archive.exchange(&feed)
    return archive.bytes
  }

  /// A feed of the same settings that remembers what `feed` does.
  private func successor(of feed: inout VenueFeed) throws -> VenueFeed {
    let bytes = try bytes(of: &feed)
    var archive = StateArchive(reading: bytes)
    var successor = VenueFeed(feed.venue, configuration: feed.configuration)
    try archive.exchange(&successor)
    try archive.finish()
    #expect(try self.bytes(of: &successor) == bytes)
    return successor
  }

  @Test("a feed that takes over between any two lines says what the first would have said", arguments: Venue.allCases)
  func samples(venue: Venue) throws {
    let configuration = SampleLines.configuration(of: venue)
    var whole = VenueFeed(venue, configuration: configuration)
    var relayed = whole
    for line in SampleLines.lines(of: venue) {
      let line = Array(line.utf8)
      #expect(relayed.read(line) == whole.read(line))
      relayed = try successor(of: &relayed)
    }
    #expect(relayed.finish() == whole.finish())
  }

  @Test(
    "recorded streams go on from any line as if nothing had happened",
    .enabled(if: RecordedData.hasWire, "the recorded lines are not here"),
    arguments: [
      (Venue.binanceSpot, "spot_btcusdt_20240808"), (.binanceSpot, "spot_ethusdt_20240808"),
      (.binanceFutures, "usdm_btcusdt_20240808"), (.binanceFutures, "usdm_ethusdt_20240808"),
    ])
  func wire(venue: Venue, file: String) throws {
    var configuration = VenueFeed.Configuration()
    configuration.levels = 50
    var whole = VenueFeed(venue, configuration: configuration)
    var relayed = whole
    var generator = SeededGenerator(seed: 31)
    var relays = 0
    for line in try Captures.contents(of: "\(RecordedData.wire)/\(file).jsonl.gz") {
      try #require(relayed.read(line) == whole.read(line))
      guard generator.happens(withProbability: 0.01) else { continue }
      relayed = try successor(of: &relayed)
      relays += 1
    }
    #expect(relays > 50)
  }

  @Test("bytes that are no feed's memory are refused", arguments: Venue.allCases)
  func damaged(venue: Venue) throws {
    var feed = VenueFeed(venue, configuration: SampleLines.configuration(of: venue))
    for line in SampleLines.lines(of: venue) { _ = feed.read(Array(line.utf8)) }
    let bytes = try bytes(of: &feed)
    var generator = SeededGenerator(seed: 5)
    for length in 0..<bytes.count {
      var archive = StateArchive(reading: Array(bytes.prefix(length)))
      var other = feed
      #expect(throws: StateFault.self) { try archive.exchange(&other) }
    }
    for _ in 0..<2_000 {
      var wrong = bytes
      wrong[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
      var archive = StateArchive(reading: wrong)
      var other = VenueFeed(venue, configuration: feed.configuration)
      // Whether it is refused or not, nothing traps.
      if (try? archive.exchange(&other)) != nil { _ = other.finish() }
    }
  }

  @Test(
    "a change that was missed while no process ran shows before the next book",
    arguments: Venue.allCases.filter { $0 != .hyperliquid && $0 != .lobster })
  func interrupted(venue: Venue) {
    let lines = SampleLines.lines(of: venue).map { Array($0.utf8) }
    var feed = VenueFeed(venue, configuration: SampleLines.configuration(of: venue))
    var trials = 0
    for (index, line) in lines.enumerated() {
      var interrupted = feed
      let events = feed.read(line)
      guard let market = events.firstBook?.market, isChange(line, of: venue) else { continue }
      trials += 1
      let first = first(of: market, interrupted.interrupt()) ?? firstFollowing(index, of: market, lines, interrupted)
      if case .book = first { Issue.record("line \(index + 1) was missed and nothing said so") }
    }
    #expect(trials > 0 || venue == .tardisIncremental)
  }

  @Test("after a break a numbered book goes on, and one whose changes carry no number ends with its part of a message")
  func interruption() {
    var numbered = VenueFeed(.krakenFutures)
    for line in SampleLines.krakenFutures { _ = numbered.read(Array(line.utf8)) }
    #expect(numbered.interrupt() == [])
    var rows = VenueFeed(.tardisIncremental)
    for line in SampleLines.tardis { _ = rows.read(Array(line.utf8)) }
    #expect(rows.interrupt().losses == [.interrupted])
    #expect(rows.finish() == [])
  }

  private func firstFollowing(
    _ index: Int, of market: MarketName, _ lines: [[UInt8]], _ feed: VenueFeed
  ) -> VenueEvent? {
    var feed = feed
    for line in lines[(index + 1)...] where isChange(line, of: feed.venue) {
      if let event = first(of: market, feed.read(line)) { return event }
    }
    return nil
  }

  private func first(of market: MarketName, _ events: [VenueEvent]) -> VenueEvent? {
    events.first { event in
      switch event {
      case .book(let snapshot): snapshot.market == market
      case .invalid(let book): book.market == market
      default: false
      }
    }
  }

  /// Whether the line is a change and not a snapshot: a feed that has seen nothing cannot show it.
  private func isChange(_ line: [UInt8], of venue: Venue) -> Bool {
    var fresh = VenueFeed(venue, configuration: SampleLines.configuration(of: venue))
    return fresh.read(line, received: Timestamp(nanoseconds: 0)).losses.contains(.awaitingSnapshot)
  }
}

extension [VenueEvent] {
  fileprivate var firstBook: BookSnapshot? {
    for case .book(let snapshot) in self { return snapshot }
    return nil
  }
}
