internal import ArgumentParser
internal import Boosting
internal import Foundation
internal import Learning

/// Scores all rows as one batch on one thread, several times, and prints what the middle time took.
struct PredictPass: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "boosting-predict", shouldDisplay: false)

  @Option var model: String
  @Option var data: String
  @Option var repeats: Int
  @Option var predictions: String

  func run() throws {
    let ensemble = try TreeEnsemble.stored(at: URL(fileURLWithPath: model))
    let matrix = try ExamplesFolder(path: URL(fileURLWithPath: data)).read().matrix
    let runs = try (0..<max(1, repeats)).map { _ in try measuredAboveData { ensemble.values(of: matrix) } }
    try writeNumbers(runs[0].value, to: URL(fileURLWithPath: predictions))
    let results = runs.map(\.result).sorted { $0.elapsed < $1.elapsed }
    FileHandle.standardOutput.write(try JSONEncoder().encode(results[results.count / 2]))
  }
}
