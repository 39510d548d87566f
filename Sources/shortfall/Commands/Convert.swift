import ArgumentParser
import MarketData
import Markets
import VenueFeeds
import Workflows

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes recorded books as canonical JSON lines, merged in time order: what 'score' reads.",
    discussion: """
      With --venue the files hold the venue's own lines. They are merged by receive time into one stream, its books are \
      rebuilt, and each change gives a line. A book that lost a message is named on standard error and gives no line \
      until the venue sends a new snapshot.

      With --reports included, trades, mark and index prices, open interest, funding and liquidations are written too, as \
      lines among the books: what a model with the families trades or derivatives needs.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions
  @OptionGroup var native: VenueOptions

  @Option(help: "Whether lines of trades, figures and liquidations are written: included or omitted.")
  var reports = VenueRecording.Reports.omitted

  func validate() throws {
    try native.validate(against: data.format)
  }

  func run() throws {
    try Rim.run {
      let writer = CanonicalLineWriter()
      if let feed = native.feed() { return try rebuild(feed, writer) }
      let recording = try data.recording(from: window.start, to: window.end, talk: ConsoleTalk())
      try recording.forEachEventBatch(of: 512) { events in
        var bytes: [UInt8] = []
        for event in events where reports == .included || event.snapshot != nil { writer.append(event, to: &bytes) }
        StandardOutput.write(bytes)
      }
    }
  }

  private func rebuild(_ feed: VenueFeed, _ writer: CanonicalLineWriter) throws {
    var recording = VenueRecording(
      paths: data.paths, feed: feed, strictness: data.strict ? .stop : .report, talk: ConsoleTalk())
    var bytes: [UInt8] = []
    defer { StandardOutput.write(bytes) }
    try recording.forEachEvent(reports: reports) { event in
      guard event.time >= window.start, event.time < window.end else { return }
      writer.append(event, to: &bytes)
      if bytes.count < 1 << 20 { return }
      StandardOutput.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }
}
