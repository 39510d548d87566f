import ArgumentParser
import ModelStore
import Reporting
import Workflows

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes in trees that were trained elsewhere, in the place of a stored model's classifier.",
    discussion: """
      Task, thresholds, features, inputs and baselines are those of the other model. The imported one is saved under
      OUTPUT/artefacts and never becomes the current model: nothing here has judged it. 'shortfall evaluate' does.
      """)

  @Option(help: ArgumentHelp("LightGBM's text model, with a binary objective.", valueName: "file"))
  var lightgbm: String

  @Option(help: ArgumentHelp("The model that everything else is taken from.", valueName: "directory"))
  var like: String

  @Option(help: ArgumentHelp("Where models are kept.", valueName: "directory"))
  var output: String

  func run() throws {
    try Rim.run {
      let talk = ConsoleTalk()
      let imported = try TreeImport.lightGBM(
        try InputFile.bytes(lightgbm), path: lightgbm, like: try StoredModel.load(like), talk: talk)
      StandardOutput.write(TrainingText(imported.artefact).text())
      switch try NightlyTraining.publish(imported, in: output) {
      case .promoted(let path): talk.say("promoted \(path)")
      case .refused(let path, let reason): talk.say("saved \(path), and did not promote it: \(reason)")
      }
    }
  }
}
