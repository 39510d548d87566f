import Configuration
import Foundation
import ModelStore
import TestRecordings
import Workflows

/// Models of the simulated books, each trained once on the days before the split.
enum SimulatedModel {
  /// With log-odds that are probabilities' own.
  static let plain = Result { try trained(calibration: "none") }
  /// With a straight line between the model's log-odds and the probability's.
  static let platt = Result { try trained(calibration: "platt") }
  /// A few small trees.
  static let boosted = Result { try trained(family: "boosting") }
  /// A logistic regression and a few small trees.
  static let blend = Result { try trained(family: "blend") }

  /// Every one of them.
  static let all = [plain, platt, boosted, blend]

  private static func trained(family: String = "logistic", calibration: String = "none") throws -> ModelArtefact {
    let text = SimulatedBooks.training(
      calibration: calibration, family: family, boosting: "{rounds: 12, leaves: 6, minimumRows: 20}")
    let configuration = try TrainingConfiguration(yaml: text, file: "simulated.yaml")
    return try NightlyTraining(configuration).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split)
    ).artefact
  }
}
