internal import ArgumentParser

/// Times the product beside plain twins of the same work.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortfall-benchmark", abstract: "Time the product beside plain twins of the same work.",
    subcommands: [
      Comparison.self, PassCommand.self, BoostingComparison.self, TrainPass.self, PredictPass.self, RowPass.self,
      StreamComparison.self, StreamStagePass.self, EchoPass.self,
    ], defaultSubcommand: Comparison.self)
}

/// Everything, section by section.
struct Comparison: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all", abstract: "Books, memory and the logistic fit, each beside its twin.")

  @Option(help: "Rows of the logistic regression.")
  var rows = 1_000_000

  @Option(help: "Columns of the logistic regression.")
  var columns = 40

  @Option(help: "Pairs of runs; the tables show medians.")
  var pairs = 5

  @Option(help: "Snapshots of the simulated stream; memory is measured with 1, 4 and 16 times as many.")
  var snapshots = 20_000

  func validate() throws {
    guard rows >= 1_000, columns >= 1, pairs >= 1, snapshots >= 1_000 else {
      throw ValidationError("a benchmark needs 1,000 rows, a column, a pair and 1,000 snapshots")
    }
  }

  func run() throws {
    print(PassLine.legend)
    try recordedSection(pairs: pairs)
    try simulatedSection(snapshots: snapshots, pairs: pairs)
    try memorySection(snapshots: snapshots)
    try checkpointSection(snapshots: 3 * snapshots, pairs: pairs)
    print("\nLOGISTIC REGRESSION, made-up rows\n\n" + ResultLine.header)
    for line in try logisticLines(rows: rows, columns: columns, pairs: pairs) { print(line.text) }
  }
}
