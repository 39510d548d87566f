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
    abstract: "Writes the feature matrix with its labels as CSV, or describes the features.",
    discussion: """
      With --config, the features and labels that a training would start from. With --model, the inputs of a stored model
      exactly as its classifier reads them, the log-odds that it makes of them before calibration, and what followed.
      """)

  @Option(help: ArgumentHelp("The training configuration, whose features and task are used.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "A stored model, whose inputs and log-odds are written instead.", valueName: "directory"))
  var model: String?

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
    guard (config == nil) != (model == nil) else { throw ValidationError("Give either --config or --model.") }
    guard !describe || config != nil else { throw ValidationError("--describe goes with --config.") }
    guard describe || !paths.isEmpty else {
      throw ValidationError("Name recorded books with --data, or ask for --describe.")
    }
    guard describe || !json else { throw ValidationError("--json goes with --describe.") }
  }

  func run() throws {
    try Rim.run {
      if let config {
        try writeFeatures(of: try TrainingConfiguration(yaml: try InputFile.text(config), file: config))
      }
      if let model { try writeInputs(of: try StoredModel.load(model).artefact) }
    }
  }

  private func writeFeatures(of configuration: TrainingConfiguration) throws {
    if describe {
      let schema = FeatureSchema(configuration: configuration.features)
      StandardOutput.write(json ? try StableJSON.text(of: schema) : FeatureCatalogueText(schema).text())
      return
    }
    try FeatureMatrixExport(configuration).run(recording: try recording(ConsoleTalk()), from: window.start) {
      StandardOutput.write($0)
    }
  }

  private func writeInputs(of artefact: ModelArtefact) throws {
    let talk = ConsoleTalk()
    try ModelMatrixExport(artefact).run(recording: try recording(talk), from: window.start, talk: talk) {
      StandardOutput.write($0)
    }
  }

  private func recording(_ talk: any Talk) throws -> Recording {
    try Recording(
      paths: paths, format: format, strictness: strict ? .stop : .report, to: window.end, talk: talk)
  }
}
