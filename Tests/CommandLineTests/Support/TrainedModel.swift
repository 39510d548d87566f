import Foundation
import TestRecordings

/// Models that several tests share, each trained once by the program itself.
enum TrainedModel {
  /// A configuration file for the simulated books.
  static let configuration = (try? Scratch.file("simulated.yaml", SimulatedBooks.training())) ?? ""

  /// The output directory of a training run on the first days of the simulated books.
  static let simulated: Result<String, any Error> = Result {
    let directory = Scratch.path("model")
    return try train(configuration, data: SimulatedBooks.file, to: "\(SimulatedBooks.split)", in: directory)
  }

  /// The output directory of the same with quantiles of the close-out loss and intervals of the probability.
  static let closeOut: Result<String, any Error> = Result {
    try train(
      try Scratch.file("close-out.yaml", SimulatedBooks.closeOutTraining()), data: SimulatedBooks.file,
      to: "\(SimulatedBooks.split)", in: Scratch.path("close-out"))
  }

  /// The output directory of task K1's training run on the recorded books.
  static let recorded: Result<String, any Error> = Result {
    try train(
      recordedConfiguration, data: RecordedData.spot, to: "2025-10-01", in: Scratch.path("kraken"))
  }

  static let recordedConfiguration = "\(RecordedData.package)/Models/kraken-k1.yaml"

  private static func train(
    _ configuration: String, data: String, to end: String, in directory: String
  ) throws -> String {
    let run = try Invocation.run([
      "train", "--config", configuration, "--data", data, "--to", end, "--output", directory,
    ])
    guard run.status == 0 else { throw Untrained(errors: run.errors) }
    return directory
  }

  struct Untrained: Error {
    let errors: String
  }
}

/// A directory's files by path, links not followed.
func contents(of directory: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
  for name in names {
    let path = "\(directory)/\(name)"
    if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
      files[name] = Data("→ \(target)".utf8)
    } else if let data = FileManager.default.contents(atPath: path) {
      files[name] = data
    }
  }
  return files
}
