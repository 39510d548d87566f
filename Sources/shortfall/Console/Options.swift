public import ArgumentParser
public import MarketData
public import Markets
public import Validation
public import Workflows

/// Which recorded books to read.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders of recorded books.", valueName: "path"))
  var paths: [String]

  @Option(help: "The format of every file: canonical, tardis or binned. Told from the content when not given.")
  var format: BookFormat?

  @Flag(help: "Stop at the first record that cannot be read.")
  var strict = false

  /// The recording, of which snapshots outside the window are left out.
  func recording(
    from start: Timestamp = .distantPast, to end: Timestamp = .distantFuture, talk: any Talk
  ) throws -> Recording {
    try Recording(
      paths: paths, format: format, strictness: strict ? .stop : .report, from: start, to: end, talk: talk)
  }
}

/// A window of time.
struct WindowOptions: ParsableArguments {
  @Option(help: ArgumentHelp("First instant, included: RFC 3339 or a date.", valueName: "time"))
  var from: Timestamp?

  @Option(help: ArgumentHelp("Last instant, excluded: RFC 3339 or a date.", valueName: "time"))
  var to: Timestamp?

  var start: Timestamp { from ?? .distantPast }
  var end: Timestamp { to ?? .distantFuture }

  func validate() throws {
    guard start < end else { throw ValidationError("--from must be before --to.") }
  }
}

extension Timestamp: ExpressibleByArgument {
  /// Reads an instant from RFC 3339 text or a date.
  public init?(argument: String) { self.init(argument) }
}

extension TimeSpan: ExpressibleByArgument {
  /// Reads a length of time from text such as `2h`.
  public init?(argument: String) { self.init(argument) }
}

extension MarketName: ExpressibleByArgument {
  /// Reads a market's name; the empty one is none.
  public init?(argument: String) { self.init(argument) }
}

extension LiquidationSide: ExpressibleByArgument {}

extension BookFormat: ExpressibleByArgument {}

extension TreeExport.Part: ExpressibleByArgument {}

extension VenueRecording.Reports: ExpressibleByArgument {}

extension CheckpointInterval: ExpressibleByArgument {
  /// Reads a number of lines or a length of time.
  public init?(argument: String) { self.init(argument) }
}

extension Resumption: ExpressibleByArgument {}

extension Dependence: ExpressibleByArgument {}
