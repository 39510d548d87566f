import ArgumentParser
import MarketData
import Markets

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

extension Timestamp: @retroactive ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension TimeSpan: @retroactive ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension BookFormat: @retroactive ExpressibleByArgument {}
