import ArgumentParser
import Backtesting
import Configuration
import Foundation
import Margining
import Markets
import ModelStore
import Reporting
import Workflows

struct Backtest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replays recorded books through models and judges margins beside the policies of the field.",
    discussion: """
      With --config, models are trained anew at regular instants: everything before --from is for choices and tuning. With \
      --model, a stored model is judged on what it did not learn from. Everything from --from on is judged.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv, html
  }

  @Option(help: ArgumentHelp("A training configuration; it needs a section closeOutQuantile.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("A stored model's directory, or a training run's output.", valueName: "directory"))
  var model: String?

  @Option(help: ArgumentHelp("A margin policy whose control chain is judged as well.", valueName: "file"))
  var policy: String?

  @Option(
    help: ArgumentHelp("Open positions that raises of the policy's margin are weighed on.", valueName: "csv file"))
  var accounts: String?

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("First judged instant: RFC 3339 or a date.", valueName: "time"))
  var from: Timestamp

  @Option(help: ArgumentHelp("Last instant, excluded: RFC 3339 or a date.", valueName: "time"))
  var to: Timestamp?

  @Option(help: ArgumentHelp("The time between trainings, one day unless given.", valueName: "span"))
  var retrainEvery: TimeSpan?

  @Option(help: ArgumentHelp("How fast the quantile follows misses, above 0 to 1.", valueName: "share"))
  var adaptationStep = BacktestRun.standardAdaptationStep

  @Option(
    name: .customLong("output-format"),
    help: "How the result is written: text, json, csv with one line a row, or html as one page.")
  var outputFormat = Format.text

  @Option(help: ArgumentHelp("Write the result into this file instead of standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    if (config == nil) == (model == nil) {
      throw ValidationError("Name what forecasts: either --config, to train, or --model, which is stored.")
    }
    if model != nil, retrainEvery != nil {
      throw ValidationError("--retrain-every needs --config: a stored model is not trained again.")
    }
    if accounts != nil, policy == nil {
      throw ValidationError("--accounts needs --policy: they are what its raises are weighed on.")
    }
    guard retrainEvery ?? .hours(1) >= .hours(1) else { throw ValidationError("--retrain-every must be at least 1h.") }
    guard adaptationStep > 0, adaptationStep <= 1 else {
      throw ValidationError("--adaptation-step must be above 0 and at most 1.")
    }
    if let to, from >= to { throw ValidationError("--from must be before --to.") }
  }

  func run() throws {
    try Rim.run {
      try OutputFile.check(output)
      let talk = ConsoleTalk()
      let positions = try accounts.map { try AccountFile.accounts(try InputFile.bytes($0), file: $0) }
      let run = try BacktestRun(
        try forecaster(), policy: try namedPolicy(), accounts: positions, adaptationStep: adaptationStep)
      let report = try run.report(from: from, to: to ?? .distantFuture, talk: talk) { end in
        try data.recording(to: end, talk: talk)
      }
      talk.name(positions, outside: report.series.map(\.market))
      try write(report)
    }
  }

  private func forecaster() throws -> BacktestRun.Forecaster {
    if let model { return .stored(try StoredModel.load(model)) }
    let file = config ?? ""
    return .retrained(
      try TrainingConfiguration(yaml: try InputFile.text(file), file: file), every: retrainEvery ?? .hours(24))
  }

  private func namedPolicy() throws -> BacktestRun.NamedPolicy? {
    try policy.map { path in
      BacktestRun.NamedPolicy(
        name: URL(fileURLWithPath: path).lastPathComponent, policy: try PolicyFile.policy(path))
    }
  }

  private func write(_ report: BacktestReport) throws {
    let text =
      switch outputFormat {
      case .text: BacktestText(report).text()
      case .csv: BacktestText(report).csv()
      case .json: try BacktestText(report).json()
      case .html: BacktestPage(report).html()
      }
    if let output { try OutputFile.write(text, to: output) } else { StandardOutput.write(text) }
  }
}
