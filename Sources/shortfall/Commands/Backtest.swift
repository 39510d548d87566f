import ArgumentParser
import Backtesting
import Configuration
import Foundation
import Markets
import Reporting
import Workflows

struct Backtest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replays recorded books with nightly training and judges margins beside the policies of the field.",
    discussion: """
      Everything before --from is for choices and tuning, everything from it on is judged. 'shortfall report' makes a page of
      the JSON.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv
  }

  @Option(help: ArgumentHelp("The training configuration; it needs a section closeOutQuantile.", valueName: "file"))
  var config: String

  @Option(help: ArgumentHelp("A margin policy whose control chain is judged as well.", valueName: "file"))
  var policy: String?

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("First judged instant: RFC 3339 or a date.", valueName: "time"))
  var from: Timestamp

  @Option(help: ArgumentHelp("Last instant, excluded: RFC 3339 or a date.", valueName: "time"))
  var to: Timestamp?

  @Option(help: ArgumentHelp("The time between trainings.", valueName: "span"))
  var retrainEvery = TimeSpan.hours(24)

  @Option(help: ArgumentHelp("How fast the quantile follows misses, above 0 to 1.", valueName: "share"))
  var adaptationStep = BacktestRun.standardAdaptationStep

  @Option(
    name: .customLong("output-format"), help: "How the result is written: text, json, or csv with one line a row.")
  var outputFormat = Format.text

  func validate() throws {
    if let to, from >= to { throw ValidationError("--from must be before --to.") }
  }

  func run() throws {
    try Rim.run {
      let talk = ConsoleTalk()
      let training = try TrainingConfiguration(yaml: try InputFile.text(config), file: config)
      let named = try policy.map { path in
        BacktestRun.NamedPolicy(
          name: URL(fileURLWithPath: path).lastPathComponent, policy: try PolicyFile.policy(path))
      }
      let run = try BacktestRun(
        training, policy: named, retrainEvery: retrainEvery, adaptationStep: adaptationStep)
      let report = try run.report(
        earlier: try data.recording(to: from, talk: talk),
        whole: try data.recording(to: to ?? .distantFuture, talk: talk), from: from, talk: talk)
      switch outputFormat {
      case .text: StandardOutput.write(BacktestText(report).text())
      case .csv: StandardOutput.write(BacktestText(report).csv())
      case .json: StandardOutput.write(try BacktestText(report).json())
      }
    }
  }
}
