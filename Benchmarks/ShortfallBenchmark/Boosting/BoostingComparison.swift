internal import ArgumentParser
internal import Foundation

/// Gradient boosting beside LightGBM, XGBoost and lleaves.
struct BoostingComparison: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boosting", abstract: "Gradient boosting beside LightGBM, XGBoost and lleaves, by turns.")

  /// A part of the comparison.
  enum Section: String, CaseIterable, ExpressibleByArgument {
    case training
    case recorded
    case prediction
  }

  @Option(help: "The Python in which the peers are installed.")
  var python: String

  @Option(parsing: .upToNextOption, help: "The parts to run.")
  var sections = Section.allCases

  @Option(parsing: .upToNextOption, help: "Training rows of the generated sets.")
  var rows = [100_000, 1_000_000]

  @Option(help: "Test rows of the generated sets.")
  var testRows = 200_000

  @Option(parsing: .upToNextOption, help: "Numbers of threads.")
  var threads = [2, 1]

  @Option(help: "Turns on the first number of threads; the others get one. Slow peers only take part in the first.")
  var turns = 3

  @Option(help: "Trees on generated rows; fewer only try the comparison out.")
  var rounds = Recipe().rounds

  @Option(help: "Leaves of a tree on generated rows.")
  var leaves = Recipe().leaves

  @Option(help: "A folder in which matrices, models and predictions stay; without it they are removed at the end.")
  var folder: String?

  func validate() throws {
    guard !rows.isEmpty, rows.allSatisfy({ $0 >= 10_000 }), testRows >= 10_000, turns >= 1,
      !threads.isEmpty, threads.allSatisfy({ $0 >= 1 }), rounds >= 1, leaves >= 2
    else {
      throw ValidationError("the comparison needs 10,000 rows of each kind, a thread, a turn, a tree, two leaves")
    }
  }

  func run() throws {
    if let folder { return try compare(in: URL(fileURLWithPath: folder)) }
    try withTemporaryFolder(compare)
  }

  private func compare(in folder: URL) throws {
    let peers = Peers(python: python)
    let generated = GeneratedSection(folder: folder, peers: peers, recipe: Recipe(rounds: rounds, leaves: leaves))
    show(Self.legend)
    if sections != [.recorded] { try generated.write(rows, testRows: testRows) }
    if sections.contains(.training) { try generated.training(rows: rows, threads: threads, turns: turns) }
    if sections.contains(.recorded) { try recordedRiskSection(folder: folder, peers: peers) }
    if sections.contains(.prediction) {
      try generated.prediction(rows: rows.max() ?? 0, threads: threads.max() ?? 1, turns: turns)
    }
  }

  private static let legend = """
    Every run in a process of its own, by turns; medians. Data are in memory when the clock starts; binning counts. "peak MB":
    the peak of the resident memory less what was resident with the data loaded. "÷" divides ours by the peer's: log loss,
    wall time, memory. "−": our average precision less the peer's. Intervals resample the test days of both alike
    (generated: blocks of 1,000 rows).
    """
}
