import ArgumentParser
import Markets
import ModelStore
import Reporting
import Workflows

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what moves a model: over the books of a window, and input by input at named snapshots.",
    discussion: """
      Contributions are log-odds. With the base, the mean of the training rows, they add up to the log-odds of every row; the
      program checks that to 1e-9. Books before --from warm the features up.
      """)

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions

  @Option(
    help: ArgumentHelp(
      "Also take each market's snapshot at this instant apart, or the last one before it. May be repeated.",
      valueName: "time"))
  var at: [Timestamp] = []

  @Option(help: ArgumentHelp("Explain this market only.", valueName: "market"))
  var market: MarketName?

  @Option(help: "Explain this side only: sell or buy.")
  var side: LiquidationSide?

  @Option(
    help: ArgumentHelp(
      "In tables and pictures, name so many inputs and take the others together. All when not given.",
      valueName: "count"))
  var reasons: Int?

  @Flag(help: "Write JSON instead of text, with every input; docs/explanation-json.md documents it.")
  var json = false

  @Flag(help: "Write Markdown tables instead of plain ones.")
  var markdown = false

  @Option(help: ArgumentHelp("Also draw it into this file.", valueName: "svg file"))
  var picture: String?

  func validate() throws {
    guard !json || !markdown else { throw ValidationError("--json and --markdown exclude each other.") }
    guard (reasons ?? 1) >= 1 else { throw ValidationError("--reasons must be at least 1.") }
  }

  func run() throws {
    try Rim.run {
      let stored = try StoredModel.load(model)
      let talk = ConsoleTalk()
      let report = try ModelExplanation.report(
        on: stored.artefact, recording: try data.recording(to: window.end, talk: talk), from: window.start,
        selection: ModelExplanation.Selection(market: market, side: side, instants: at), talk: talk)
      let short = report.keeping(reasons)
      if let picture { try OutputFile.write(ExplanationPicture(short).svg(), to: picture) }
      StandardOutput.write(
        json ? try StableJSON.text(of: report) : ExplanationText(short, style: markdown ? .markdown : .plain).text())
    }
  }
}
