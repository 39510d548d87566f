import ArgumentParser
import MarketData
import ModelStore
import Reporting
import Workflows

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reports what recorded books hold and what is wrong with them, market by market.",
    discussion: """
      With --venue the files hold the venue's own lines, merged by receive time; the report is about the books that are \
      rebuilt from them.
      """)

  @Argument(help: "Files or folders of recorded books.")
  var paths: [String] = []

  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("The same, as the other commands name them.", valueName: "path"))
  var data: [String] = []

  @Option(help: "The format of every file: canonical, tardis or binned. Told from the content when not given.")
  var format: BookFormat?

  @OptionGroup var native: VenueOptions

  @Flag(help: "Write JSON instead of text.")
  var json = false

  @Flag(help: "Stop at the first record that cannot be read.")
  var strict = false

  func validate() throws {
    guard !(paths + data).isEmpty else { throw ValidationError("Name files or folders of recorded books.") }
    try native.validate(against: format)
  }

  func run() throws {
    try Rim.run {
      let report = try inspection(strictness: strict ? .stop : .report)
      StandardOutput.write(json ? try StableJSON.text(of: report) : InspectionText(report).text())
    }
  }

  private func inspection(strictness: Recording.Strictness) throws -> InspectionReport {
    if let feed = native.feed() {
      return try InspectRecording.run(
        VenueRecording(paths: paths + data, feed: feed, strictness: strictness, talk: ConsoleTalk()))
    }
    return try InspectRecording.run(paths: paths + data, format: format, strictness: strictness, talk: ConsoleTalk())
  }
}
