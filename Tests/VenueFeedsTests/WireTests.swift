import MarketData
import Markets
import Sampling
import TestRecordings
import Testing
import VenueFeeds

/// Eleven minutes of Binance's raw streams; they are not part of the repository.
@Suite("Wire")
struct WireTests {
  /// A recording, how many books it holds and how many of the venue's own quotes can be compared with one.
  struct Recording: Sendable, CustomTestStringConvertible {
    let venue: Venue
    let files: [String]
    let books: Int
    let comparable: Int

    var testDescription: String { files.joined(separator: " + ") }
  }

  private static let recordings = [
    Recording(
      venue: .binanceSpot, files: ["spot_btcusdt_20240808", "spot_btcusdt_20240809"], books: 6_493, comparable: 1_072),
    Recording(
      venue: .binanceSpot, files: ["spot_ethusdt_20240808", "spot_ethusdt_20240809"], books: 6_469, comparable: 1_056),
    Recording(venue: .binanceFutures, files: ["usdm_btcusdt_20240808"], books: 6_546, comparable: 629),
    Recording(venue: .binanceFutures, files: ["usdm_ethusdt_20240808"], books: 6_580, comparable: 551),
  ]

  private func lines(of recording: Recording) throws -> [[UInt8]] {
    try recording.files.flatMap { try Captures.contents(of: "\(RecordedData.wire)/\($0).jsonl.gz") }
  }

  @Test(
    .enabled(if: RecordedData.hasWire, "the recorded lines are not here"),
    arguments: recordings)
  func booksKeepTheirThreadAndAgreeWithTheVenuesOwnQuotes(recording: Recording) throws {
    var configuration = VenueFeed.Configuration()
    configuration.levels = 5
    var feed = VenueFeed(recording.venue, configuration: configuration)
    var quotes: [Int64: BestQuote] = [:]
    var books: [(number: Int64, book: OrderBook)] = []
    var tally = Tally()
    for line in try lines(of: recording) {
      let events = feed.read(line)
      tally.observe(events)
      for event in events {
        switch event {
        case .quote(let quote): if let number = quote.updateNumber { quotes[number] = quote }
        case .book(let snapshot):
          books.append((try #require(feed.bookNumber(of: snapshot.market)), snapshot.book))
        default: break
        }
      }
    }
    var compared = 0
    for (number, book) in books {
      guard let quote = quotes[number] else { continue }
      compared += 1
      #expect(book.bids.first == quote.bid)
      #expect(book.asks.first == quote.ask)
    }
    #expect(tally.rejected == [])
    #expect(tally.losses == [])
    #expect(tally.books == recording.books)
    #expect(compared == recording.comparable)
  }
}
