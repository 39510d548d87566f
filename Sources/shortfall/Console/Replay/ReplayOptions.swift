import ArgumentParser
import MarketData
import Markets
import Workflows

/// Recorded books instead of a live feed.
struct ReplayOptions: ParsableArguments {
  @Option(
    name: .customLong("replay"),
    help: ArgumentHelp(
      "Feed recorded books instead of standard input, so many times as fast as they were recorded: '60x', or 'max'.",
      valueName: "speed"))
  var speed: ReplaySpeed?

  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders of recorded books that are replayed.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "Their format: canonical, tardis or binned. Told from the content when not given.")
  var format: BookFormat?

  @Flag(help: "Stop at the first record that cannot be read.")
  var strict = false

  @OptionGroup var window: WindowOptions

  func validate() throws {
    if speed != nil, paths.isEmpty { throw ValidationError("--replay needs --data.") }
    let describes = !paths.isEmpty || format != nil || window.from != nil || window.to != nil || strict
    if speed == nil, describes {
      throw ValidationError(
        "--data, --format, --strict, --from and --to describe what is replayed: --replay is missing.")
    }
  }

  /// The recorded books in a pipe, the very lines that 'convert --reports included' writes, and with a venue a line for each
  /// lost book; nil when nothing is replayed.
  func feed(_ native: VenueOptions, talk: any Talk) throws -> RecordedFeed? {
    guard let speed else { return nil }
    let (start, end) = (window.start, window.end)
    let strictness = strict ? Recording.Strictness.stop : .report
    if let feed = native.feed() {
      var recording = VenueRecording(paths: paths, feed: feed, strictness: strictness, talk: talk)
      return try RecordedFeed(speed) { each in
        func hand(_ event: ReplayedEvent) throws {
          if event.time >= start, event.time < end { try each(event) }
        }
        try recording.forEachEvent(reports: .included, lost: { try hand(.loss($0)) }) { try hand(.event($0)) }
      }
    }
    let recording = try Recording(
      paths: paths, format: format, strictness: strictness, from: start, to: end, talk: talk)
    return try RecordedFeed(speed) { each in
      try recording.forEachEventBatch(of: 512) { events in
        for event in events { try each(.event(event)) }
      }
    }
  }
}
