internal import Foundation
internal import Validation

/// The same task for several programs, each run in a process of its own, by turns.
struct TrainingContest {
  let train: ExamplesFolder
  let test: ExamplesFolder
  let recipe: Recipe
  let threads: Int
  let peers: Peers
  /// Where predictions and models go.
  let scratch: URL

  /// Programs whose log losses lie further apart than this share did not do the same task.
  static let largestDistance = 0.05
  /// After the first turn only peers go on that took at most this many times as long as the fastest of them.
  private static let shortlist = 1.25

  /// What became of one contestant.
  struct Standing {
    let contestant: Contestant
    var runs: [RunResult]
    let logOdds: [Double]
    let judgement: Judgement
    /// The product less this contestant; nil for the product itself.
    var difference: PairedDifference?

    var elapsed: Double { median(runs.map(\.elapsed)) }
    var processor: Double { median(runs.map(\.processor)) }
    var peakMegabytes: Double { median(runs.map(\.peakMegabytes)) }
  }

  /// Runs the contestants by turns, the product first in even turns and last in odd ones.
  ///
  /// - Throws: `BenchmarkFailure` when the product's trees differ between runs or log losses are too far apart.
  func standings(of contestants: [Contestant], turns: Int) throws -> [Standing] {
    let (outcomes, days) = (try test.outcomes(), try test.days())
    var standings: [Standing] = []
    for contestant in contestants {
      let (result, logOdds) = try run(contestant)
      let judgement = try Judgement(logOdds: logOdds, outcomes: outcomes, days: days)
      standings.append(Standing(contestant: contestant, runs: [result], logOdds: logOdds, judgement: judgement))
    }
    let fastest = standings.filter { !$0.contestant.isProduct }.map(\.elapsed).min() ?? .infinity
    let remaining = standings.indices.filter {
      standings[$0].contestant.isProduct || standings[$0].elapsed <= Self.shortlist * fastest
    }
    for turn in 1..<max(1, turns) {
      for index in turn.isMultiple(of: 2) ? remaining : remaining.reversed() {
        let (result, logOdds) = try run(standings[index].contestant)
        standings[index].runs.append(result)
        if standings[index].contestant.isProduct { try checkSameTrees(standings[index].logOdds, logOdds) }
      }
    }
    return try compared(standings)
  }

  private func compared(_ standings: [Standing]) throws -> [Standing] {
    guard let product = standings.first(where: { $0.contestant == .product })?.judgement else { return standings }
    return try standings.map { standing in
      if standing.contestant == .product { return standing }
      let distance = abs(standing.judgement.logLoss / product.logLoss - 1)
      guard standing.contestant.isProduct || distance < Self.largestDistance else {
        throw BenchmarkFailure.programsDisagree(
          "log loss \(product.logLoss), and \(standing.judgement.logLoss) of \(standing.contestant.name)")
      }
      var compared = standing
      compared.difference = try product.difference(from: standing.judgement)
      return compared
    }
  }

  /// Where a contestant's trees are stored when it has been run.
  func model(of contestant: Contestant) -> URL { scratch.appendingPathComponent(contestant.modelName) }

  /// Trains once; also stores the trees.
  func run(_ contestant: Contestant) throws -> (RunResult, [Double]) {
    let predictions = scratch.appendingPathComponent("predictions.f64")
    let shared = [
      "--recipe", try recipe.json, "--data", train.path.path, "--test", test.path.path, "--threads", "\(threads)",
      "--predictions", predictions.path, "--model", model(of: contestant).path,
    ]
    let result: RunResult =
      switch contestant.program {
      case .product(let isMonotone): try ownRun(["boosting-train"] + shared + (isMonotone ? ["--monotone"] : []))
      case .peer(let name, let settings):
        try peers.run(["train", "--program", name] + shared + ["--set"] + settings, as: RunResult.self)
      }
    progress("\(train.path.lastPathComponent), \(threads) threads, \(contestant.name): \(decimal(result.elapsed)) s")
    return (result, try readNumbers(from: predictions))
  }
}

/// Refuses a product whose trees depend on the run.
func checkSameTrees(_ first: [Double], _ second: [Double]) throws {
  guard first == second else { throw BenchmarkFailure.programsDisagree("the product's trees differ between runs") }
}

/// The result of this program run anew with other arguments.
func ownRun<Result: Decodable>(
  _ arguments: [String], environment: [String: String] = [:]
) throws -> Result {
  let output = try outputOfProcess(CommandLine.arguments[0], arguments, environment: environment)
  return try JSONDecoder().decode(Result.self, from: output)
}

/// Writes a part of the report at once, even into a pipe.
func show(_ text: String) {
  FileHandle.standardOutput.write(Data((text + "\n").utf8))
}

/// Tells what is going on, apart from the report.
func progress(_ text: String) {
  FileHandle.standardError.write(Data("  · \(text)\n".utf8))
}
