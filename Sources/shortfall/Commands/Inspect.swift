import ArgumentParser
import MarketData
import ModelStore
import Reporting
import Workflows

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reports what recorded books hold and what is wrong with them, market by market.")

  @Argument(help: "Files or folders of recorded books.")
  var paths: [String] = []

  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("The same, as the other commands name them.", valueName: "path"))
  var data: [String] = []

  @Option(help: "The format of every file: canonical, tardis or binned. Told from the content when not given.")
  var format: BookFormat?

  @Flag(help: "Write JSON instead of text.")
  var json = false

  @Flag(help: "Stop at the first record that cannot be read.")
  var strict = false

  func validate() throws {
    guard !(paths + data).isEmpty else { throw ValidationError("Name files or folders of recorded books.") }
  }

  func run() throws {
    try Rim.run {
      let report = try InspectRecording.run(
        paths: paths + data, format: format, strictness: strict ? .stop : .report, talk: ConsoleTalk())
      StandardOutput.write(json ? try StableJSON.text(of: report) : InspectionText(report).text())
    }
  }
}
