public import ArgumentParser
import MarketData
import Markets
import Workflows

/// Recorded books instead of a live feed.
struct ReplayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Feed recorded books instead of standard input, so many times as fast as they were recorded: '60x', or 'max'.",
      valueName: "speed"))
  var replay: ReplaySpeed?

  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders of recorded books that are replayed.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "Their format: canonical, tardis or binned. Told from the content when not given.")
  var format: BookFormat?

  @OptionGroup var window: WindowOptions

  func validate() throws {
    if replay != nil, paths.isEmpty { throw ValidationError("--replay needs --data.") }
    let describes = !paths.isEmpty || format != nil || window.from != nil || window.to != nil
    if replay == nil, describes {
      throw ValidationError("--data, --format, --from and --to describe what is replayed: --replay is missing.")
    }
  }
}
