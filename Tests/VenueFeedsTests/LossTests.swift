import MarketData
import Markets
import TestRecordings
import Testing
import VenueFeeds

/// Each change of a recording is left out in turn: the venue's rule must say so before another book is shown.
@Suite("Losses")
struct LossTests {
  @Test(arguments: [Venue.binanceFutures, .okx, .krakenFutures])
  func eachChangeLeftOutOfTheSamplesShows(venue: Venue) {
    let lines = SampleLines.lines(of: venue).map { Array($0.utf8) }
    let result = leavingOutEachChange(of: lines, VenueFeed(venue, configuration: SampleLines.configuration(of: venue)))
    #expect(result.unseen == [])
    #expect(result.trials > 0)
  }

  @Test(
    .enabled(if: RecordedData.hasVenues, "the recorded lines are not here"),
    arguments: [
      (Venue.binanceSpot, ["binance.http.0.0.gz", "binance.ws.1.0.gz"]),
      (.binanceFutures, ["binance_futures.http.0.0.gz", "binance_futures.ws.1.0.gz"]),
      (.bybit, ["bybit_xrpusdt-ob500.data.zip"]), (.deribit, ["deribit.ws.1.0.gz"]),
      (.krakenFutures, ["kraken_futures.ws.1.0.gz"]),
    ])
  func eachChangeLeftOutOfTheCapturesShows(venue: Venue, files: [String]) throws {
    let result = leavingOutEachChange(of: try Captures.lines(files).map(\.bytes), VenueFeed(venue))
    #expect(result.unseen == [])
    #expect(result.trials > 20)
  }

  @Test(
    .enabled(if: RecordedData.hasWire, "the recorded lines are not here"),
    arguments: [
      (Venue.binanceSpot, "spot_btcusdt_20240808", 3_400), (.binanceSpot, "spot_ethusdt_20240808", 3_400),
      (.binanceFutures, "usdm_btcusdt_20240808", 6_500), (.binanceFutures, "usdm_ethusdt_20240808", 6_500),
    ])
  func eachChangeLeftOutOfTheWireShows(venue: Venue, file: String, atLeast: Int) throws {
    // The venue's own quotes lose nothing of the book and are left out for speed.
    let lines = try Captures.contents(of: "\(RecordedData.wire)/\(file).jsonl.gz").filter { line in
      let head = String(decoding: line.prefix(60), as: UTF8.self)
      return head.contains("@depth") || head.contains("lastUpdateId")
    }
    let result = leavingOutEachChange(of: lines, VenueFeed(venue))
    #expect(result.unseen == [])
    #expect(result.trials > atLeast)
  }

  /// The numbers of the lines whose loss no event told before the market's next book.
  ///
  /// The last change of a market, which nothing follows, is no trial, nor is a message that leaves the book's number
  /// where it was, with which nothing is lost.
  private func leavingOutEachChange(of lines: [[UInt8]], _ start: VenueFeed) -> (trials: Int, unseen: [Int]) {
    var feed = start
    var trials = 0
    var unseen: [Int] = []
    for (index, line) in lines.enumerated() {
      let before = feed
      guard case .book(let snapshot)? = feed.read(line).first(where: { if case .book = $0 { true } else { false } }),
        isChange(line, of: before.venue), feed.bookNumber(of: snapshot.market) != before.bookNumber(of: snapshot.market)
      else { continue }
      var shortened = before
      search: for later in lines[(index + 1)...] {
        for event in shortened.read(later) {
          switch event {
          case .invalid(let book) where book.market == snapshot.market:
            trials += 1
            break search
          case .book(let next) where next.market == snapshot.market:
            trials += 1
            unseen.append(index)
            break search
          default: continue
          }
        }
      }
    }
    return (trials, unseen)
  }

  /// Whether the line is a change and not a snapshot: a feed that has seen nothing cannot show it.
  private func isChange(_ line: [UInt8], of venue: Venue) -> Bool {
    var fresh = VenueFeed(venue)
    return fresh.read(line, received: Timestamp(nanoseconds: 0)).losses.contains(.awaitingSnapshot)
  }
}
