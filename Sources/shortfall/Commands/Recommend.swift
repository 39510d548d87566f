import ArgumentParser
import Configuration
import Foundation
import Margining
import Markets
import ModelStore
import Reporting
import Workflows

struct Recommend: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Recommends margins by market, side and notional tier, with the reasons.",
    discussion: """
      Replays the books through the model and the policy, from the venue's schedule on, and shows where the margins stand at
      each market's last snapshot. Books before --from warm the features up.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json, yaml
  }

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @Option(help: ArgumentHelp("The margin policy.", valueName: "file"))
  var policy: String

  @Option(
    help: ArgumentHelp(
      "Open positions as CSV, with the header account,market,side,notional,equity; side is long or short.",
      valueName: "file"))
  var accounts: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions

  @Option(
    name: .customLong("output-format"),
    help: "How the margins are written: table, csv, json, or yaml for the section markets of a policy file.")
  var outputFormat = Format.table

  func run() throws {
    try Rim.run {
      let talk = ConsoleTalk()
      let stored = try StoredModel.load(model)
      let positions = try accounts.map { try AccountFile.accounts(try InputFile.bytes($0), file: $0) }
      let recording = try data.recording(to: window.end, talk: talk)
      let recommendation = try MarginRecommendation.run(
        stored.artefact, policy: try PolicyFile.policy(policy), recording: recording,
        accounts: positions, from: window.start)
      talk.name(positions, outside: recommendation.lines.map(\.recommendation.market))
      if case .trained(let record) = stored.artefact.origin, let last = recording.lastInstant, last < record.to {
        talk.say("the model was trained on books up to \(record.to): it has seen what followed these")
      }
      if !recommendation.leftOut.isEmpty {
        let names = recommendation.leftOut.map(\.text).joined(separator: ", ")
        talk.say("left out, because the model or the policy does not know them: \(names)")
      }
      let text = MarginTable(recommendation)
      switch outputFormat {
      case .table: StandardOutput.write(text.table())
      case .csv: StandardOutput.write(text.csv())
      case .json: StandardOutput.write(text.jsonLines())
      case .yaml: StandardOutput.write(text.schedule())
      }
    }
  }
}
