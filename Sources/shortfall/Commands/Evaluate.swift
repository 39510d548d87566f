import ArgumentParser
import ModelStore
import Reporting
import Workflows

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Scores later data with a stored model, which is never refitted, beside every baseline.",
    discussion: """
      Books before --from warm the features up and are not scored. All figures carry day-block bootstrap intervals.
      """)

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions

  @Flag(help: "Write JSON instead of text; docs/evaluation-json.md documents it.")
  var json = false

  @Flag(help: "Write Markdown tables instead of plain ones.")
  var markdown = false

  @Option(help: ArgumentHelp("Also write every scored row to this CSV file.", valueName: "file"))
  var rows: String?

  @Option(
    help: ArgumentHelp(
      "Also draw reliability, precision and recall of the onset rows into this file.", valueName: "svg file"))
  var picture: String?

  @Option(
    help: ArgumentHelp(
      "A baseline that stands in the picture; may be repeated. The strongest by log loss when not given.",
      valueName: "baseline"))
  var against: [String] = []

  func validate() throws {
    guard picture != nil || against.isEmpty else { throw ValidationError("--against goes with --picture.") }
    guard !json || !markdown else { throw ValidationError("--json and --markdown exclude each other.") }
  }

  func run() throws {
    try Rim.run {
      let stored = try StoredModel.load(model)
      let talk = ConsoleTalk()
      let scored = try ScoredRecording(
        stored.artefact, recording: try data.recording(to: window.end, talk: talk), from: window.start, talk: talk)
      if let rows { try OutputFile.write(scored.csv(), to: rows) }
      talk.step("judging \(scored.rows.count) rows")
      let report = try ModelEvaluation.report(on: scored, of: stored.artefact)
      if let picture {
        let chart = try EvaluationPicture.chart(
          of: report, on: scored, model: stored.artefact.name, baselines: against)
        try OutputFile.write(chart.svg(), to: picture)
      }
      let closeOut = ModelEvaluation.closeOut(on: scored, of: stored.artefact)
      if json {
        StandardOutput.write(try StableJSON.text(of: JudgedModel(report: report, closeOut: closeOut)))
        return
      }
      let style = markdown ? TextTable.Style.markdown : .plain
      StandardOutput.write(EvaluationText(report, style: style).text(.full))
      if let closeOut,
        let text = CloseOutText(closeOut, of: stored.artefact, provenance: scored.provenance, style: style)
      {
        StandardOutput.write("\n" + text.text())
      }
    }
  }
}
