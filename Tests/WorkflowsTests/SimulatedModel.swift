import Configuration
import ModelStore
import TestRecordings
import Workflows

/// Models of the simulated books, each trained once on the days before the split.
enum SimulatedModel {
  /// With log-odds that are probabilities' own.
  static let plain = Result { try trained(calibration: "none") }
  /// With a straight line between the model's log-odds and the probability's.
  static let platt = Result { try trained(calibration: "platt") }

  private static func trained(calibration: String) throws -> ModelArtefact {
    let configuration = try TrainingConfiguration(
      yaml: SimulatedBooks.training(calibration: calibration), file: "simulated.yaml")
    return try NightlyTraining(configuration).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split)
    ).artefact
  }
}
