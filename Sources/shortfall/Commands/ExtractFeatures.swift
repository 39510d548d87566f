import ArgumentParser
import Configuration
import Features
import MarketData
import ModelStore
import Reporting
import Workflows

struct ExtractFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Writes the feature matrix with its labels as CSV, or describes the features.")

  @Option(help: ArgumentHelp("The training configuration, whose features and task are used.", valueName: "file"))
  var config: String

  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders of recorded books.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "The format of every file: canonical, tardis or binned. Told from the content when not given.")
  var format: BookFormat?

  @OptionGroup var window: WindowOptions

  @Flag(help: "Stop at the first record that cannot be read.")
  var strict = false

  @Flag(help: "Write the catalogue of the features instead: name, unit, direction, family, definition and source.")
  var describe = false

  @Flag(help: "With --describe, write JSON.")
  var json = false

  func validate() throws {
    guard describe || !paths.isEmpty else {
      throw ValidationError("Name recorded books with --data, or ask for --describe.")
    }
    guard describe || !json else { throw ValidationError("--json goes with --describe.") }
  }

  func run() throws {
    try Rim.run {
      let configuration = try TrainingConfiguration(yaml: try InputFile.text(config), file: config)
      if describe {
        let schema = FeatureSchema(configuration: configuration.features)
        StandardOutput.write(json ? try StableJSON.text(of: schema) : FeatureCatalogueText(schema).text())
        return
      }
      let recording = try Recording(
        paths: paths, format: format, strictness: strict ? .stop : .report, to: window.end, talk: ConsoleTalk())
      try FeatureMatrixExport(configuration).run(recording: recording, from: window.start) { StandardOutput.write($0) }
    }
  }
}
