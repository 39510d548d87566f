import ArgumentParser
import Configuration
import Foundation
import Margining
import MarketData
import ModelStore
import VenueFeeds
import Workflows

struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Scores a stream of books in canonical JSON lines from standard input, one line out for each line in.",
    discussion: """
      Each line carries both sides' probability of a shortfall, the margin multiplier that a policy makes of it, and the
      reasons that add up to the log-odds. A line that is no book becomes a line with an error, and the stream goes on.

      With --venue the lines are the venue's own. Then each change of a book gives a line, and a book that lost a message \
      gives one without scores, with the reason, and no more until the venue sends a new snapshot.
      """)

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp("The policy whose multiplier is written; the standard one when not given.", valueName: "file"))
  var policy: String?

  @Option(help: ArgumentHelp("How many reasons are named for each side.", valueName: "count"))
  var reasons = 5

  @Flag(help: "Write every feature beside the scores, exactly.")
  var features = false

  @OptionGroup var native: VenueOptions

  func validate() throws {
    guard reasons >= 0 else { throw ValidationError("--reasons must not be negative.") }
  }

  func run() throws {
    try Rim.run {
      let stored = try StoredModel.load(model)
      let curve = try PolicyFile.curve(policy)
      var scorer = OnlineScorer(stored.artefact, reasonCount: reasons)
      let writer = ScoreLine(curve: curve, features: features ? .included : .omitted)
      var lines = LineReader(fileDescriptor: STDIN_FILENO, name: "standard input")
      if var feed = native.feed() {
        while let line = try lines.next() {
          let events = Self.events(line, &feed)
          StandardOutput.write(Self.answers(events, number: lines.number, &scorer, writer))
        }
        return StandardOutput.write(Self.answers(feed.finish(), number: lines.number, &scorer, writer))
      }
      var parser = CanonicalLineParser()
      while let line = try lines.next() {
        StandardOutput.write(Self.answer(line, number: lines.number, &parser, &scorer, writer))
      }
    }
  }

  private static func answer(
    _ line: InputLine, number: Int, _ parser: inout CanonicalLineParser, _ scorer: inout OnlineScorer,
    _ writer: ScoreLine
  ) -> [UInt8] {
    guard case .bytes(let bytes) = line else {
      return writer.bytes(lineNumber: number, field: "line", reason: "the line is longer than 16 MiB")
    }
    do throws(FieldFault) {
      let snapshot = try parser.parse(bytes)
      return writer.bytes(scorer.score(snapshot))
    } catch {
      return writer.bytes(lineNumber: number, field: error.field, reason: error.reason)
    }
  }

  private static func events(_ line: InputLine, _ feed: inout VenueFeed) -> [VenueEvent] {
    switch line {
    case .bytes(let bytes): feed.read(bytes)
    case .tooLong: [.rejected(FieldFault(field: "line", reason: "the line is longer than 16 MiB"))]
    }
  }

  private static func answers(
    _ events: [VenueEvent], number: Int, _ scorer: inout OnlineScorer, _ writer: ScoreLine
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events {
      switch event {
      case .book(let snapshot): bytes += writer.bytes(scorer.score(snapshot))
      case .invalid(let book):
        bytes += writer.bytes(time: book.time, market: book.market, reason: "no book: \(book.reason)")
      case .rejected(let fault): bytes += writer.bytes(lineNumber: number, field: fault.field, reason: fault.reason)
      case .trade, .quote, .figure, .liquidation, .ignored: continue
      }
    }
    return bytes
  }
}
