internal import ArgumentParser

/// Times the product beside a plain twin on made-up data.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortfall-benchmark", abstract: "Time the product beside plain twins of the same method.")

  @Option(help: "Rows of the logistic regression.")
  var rows = 1_000_000

  @Option(help: "Columns of the logistic regression.")
  var columns = 40

  @Option(help: "Pairs of runs; the table shows medians.")
  var pairs = 5

  func validate() throws {
    guard rows >= 1_000, columns >= 1, pairs >= 1 else {
      throw ValidationError("a benchmark needs 1,000 rows, a column and a pair")
    }
  }

  func run() throws {
    print(ResultLine.header)
    for line in try logisticLines(rows: rows, columns: columns, pairs: pairs) { print(line.text) }
  }
}
