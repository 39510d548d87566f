import ArgumentParser
import ModelStore
import Workflows

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the trees of a stored model in another program's format.",
    discussion: """
      The raw score of the written model is the log-odds before calibration. 'shortfall features --model' writes the inputs
      that it reads, beside the log-odds that it must give.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case lightgbm
  }

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @Option(help: "The format: lightgbm, LightGBM's text model.")
  var format: Format

  @Option(help: "What is written: whole, or the boosted part of a blend.")
  var part = TreeExport.Part.whole

  @Option(help: ArgumentHelp("The file that is written; standard output when not given.", valueName: "file"))
  var output: String?

  func run() throws {
    try Rim.run {
      try OutputFile.check(output)
      let talk = ConsoleTalk()
      let trees = try TreeExport(try StoredModel.load(model).artefact, part: part)
      let text =
        switch format {
        case .lightgbm: trees.lightGBM()
        }
      if let output { try OutputFile.write(text, to: output) } else { StandardOutput.write(text) }
      for note in trees.notes { talk.say(note) }
    }
  }
}
