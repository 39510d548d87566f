import ArgumentParser
import Configuration
import Foundation
import ModelStore
import Reporting
import Workflows

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains, validates and saves a model, and promotes it when it is good enough: the nightly job.",
    discussion: """
      Writes the candidate under OUTPUT/artefacts and points OUTPUT/current to it when it passes the gate. A candidate that
      does not pass leaves the current model as it is, and the exit code is 1.
      """)

  @Option(help: ArgumentHelp("The training configuration.", valueName: "file"))
  var config: String

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions

  @Option(help: ArgumentHelp("Where models are kept.", valueName: "directory"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "How many threads grow trees; every core when not given. The model does not depend on it.", valueName: "count"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads must be from 1 to 1024.") }
  }

  func run() throws {
    try Rim.run {
      let talk = ConsoleTalk()
      let configuration = try TrainingConfiguration(yaml: try InputFile.text(config), file: config)
      try ModelRepository(directory: output).prepare()
      let candidate = try NightlyTraining(configuration, threads: threads).run(
        recording: try data.recording(to: window.end, talk: talk), from: window.from, to: window.to,
        talk: talk)
      // Nothing may fail after a promotion, so that exit code 1 means that the current model stays.
      StandardOutput.write(TrainingText(candidate.artefact).text())
      let outcome = try NightlyTraining.publish(candidate, in: output)
      switch outcome {
      case .promoted(let path): talk.say("promoted \(path)")
      case .refused(let path, let reason):
        throw Refusal.gate("the gate refused \(path): \(reason); the current model stays")
      }
    }
  }
}
