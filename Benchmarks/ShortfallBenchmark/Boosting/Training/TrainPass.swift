internal import ArgumentParser
internal import Boosting
internal import Foundation
internal import Learning

/// Trains the product once and prints what it took; the benchmark starts itself anew with this command.
struct TrainPass: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "boosting-train", shouldDisplay: false)

  @Option var recipe: Recipe
  @Option var data: String
  @Option var test: String
  @Option var threads: Int
  @Option var predictions: String
  @Option(help: "Where the trees go, as LightGBM's text.") var model: String
  @Flag var monotone = false

  func run() throws {
    let folder = ExamplesFolder(path: URL(fileURLWithPath: data))
    let examples = BoostingExamples(try folder.read())
    let learner = GradientBoosting(
      recipe.configuration, constraints: monotone ? try folder.constraints() : [])
    let (result, fit) = try measuredAboveData { try learner.fit(examples, threads: threads) }
    let rows = try ExamplesFolder(path: URL(fileURLWithPath: test)).read().matrix
    try writeNumbers(fit.ensemble.values(of: rows), to: URL(fileURLWithPath: predictions))
    try fit.ensemble.store(at: URL(fileURLWithPath: model))
    FileHandle.standardOutput.write(try JSONEncoder().encode(result))
  }
}

/// What the work takes of time, and of memory beyond what is in use when it starts.
func measuredAboveData<Value>(_ work: () throws -> Value) throws -> (result: RunResult, value: Value) {
  forgetPeak()
  let held = peakMegabytes()
  let (effort, value) = try timed(work)
  let peak = peakMegabytes() - held
  return (RunResult(elapsed: effort.elapsed, processor: effort.processor, peakMegabytes: peak), value)
}
