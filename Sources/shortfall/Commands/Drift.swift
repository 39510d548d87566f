import ArgumentParser
import Markets
import ModelStore
import Reporting
import Validation
import Workflows

struct Drift: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds thresholds of drift monitors by simulation, and shows how soon they see planted changes.",
    discussion: """
      Without --model, the reference is a simulated model that is right. With --model and --data, it is what the model said of the \
      books from --reference-from on and what had followed before --from; what matured from --from on is watched.
      """)

  @Option(
    name: .customLong("arl"),
    help: ArgumentHelp(
      "The wanted mean number of matured outcomes until a false alarm, for each monitor.", valueName: "count"))
  var averageRunLength = 10_000.0

  @Option(help: ArgumentHelp("The standard error of simulated run lengths.", valueName: "share"))
  var precision = 0.03

  @Option(help: "How the reference is drawn from: by whole days, or by single rows.")
  var draw = Dependence.days

  @Option(help: ArgumentHelp("After how many values the stability index has half forgotten one.", valueName: "count"))
  var halfLife = 1_000.0

  @Option(help: ArgumentHelp("The seed of every draw.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String?

  @Option(
    name: .customLong("data"), parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders of recorded books.", valueName: "path"))
  var paths: [String] = []

  @Option(help: ArgumentHelp("First instant of the reference: RFC 3339 or a date.", valueName: "time"))
  var referenceFrom: Timestamp?

  @Option(help: ArgumentHelp("End of the reference and first watched instant.", valueName: "time"))
  var from: Timestamp?

  @Option(help: ArgumentHelp("Last instant, excluded: RFC 3339 or a date.", valueName: "time"))
  var to: Timestamp?

  @Option(help: ArgumentHelp("Also write the monitors with their thresholds to this file.", valueName: "file"))
  var output: String?

  @Flag(help: "Write JSON instead of text.")
  var json = false

  @Flag(help: "Write Markdown tables instead of plain ones.")
  var markdown = false

  func validate() throws {
    guard calibration != nil else {
      throw ValidationError("--arl must be from 10 to 10,000,000, and --precision from 0.005 to 0.2.")
    }
    guard halfLife >= 1, halfLife.isFinite else { throw ValidationError("--half-life must be at least 1.") }
    guard !json || !markdown else { throw ValidationError("--json and --markdown exclude each other.") }
    if model == nil {
      guard paths.isEmpty, from == nil, to == nil, referenceFrom == nil else {
        throw ValidationError("--data, --reference-from, --from and --to need --model.")
      }
    } else {
      guard !paths.isEmpty, let from else { throw ValidationError("--model needs --data and --from.") }
      guard referenceFrom ?? .distantPast < from, from < to ?? .distantFuture else {
        throw ValidationError("--reference-from, --from and --to must rise.")
      }
    }
  }

  func run() throws {
    try Rim.run {
      guard let study = try study(talk: ConsoleTalk()) else { return }
      if let output { try OutputFile.write(try StableJSON.text(of: study.plan), to: output) }
      StandardOutput.write(
        json
          ? try StableJSON.text(of: study.report)
          : DriftText(study.report, style: markdown ? .markdown : .plain).text())
    }
  }

  private var calibration: ThresholdCalibration? {
    ThresholdCalibration(averageRunLength: averageRunLength, precision: precision, dependence: draw, seed: seed)
  }

  private func study(talk: ConsoleTalk) throws -> DriftStudy? {
    guard let calibration else { return nil }
    let settings = DriftStudy.Settings(calibration: calibration, halfLife: halfLife)
    guard let model, let from else { return try DriftStudy.simulated(settings, talk: talk) }
    let stored = try StoredModel.load(model)
    let recording = try Recording(
      paths: paths, format: nil, strictness: .report, from: .distantPast, to: to ?? .distantFuture, talk: talk)
    let history = try OutcomeHistory(stored.artefact, recording: recording, from: referenceFrom ?? .distantPast)
    return try DriftStudy.recorded(history, from: from, settings: settings, talk: talk)
  }
}
