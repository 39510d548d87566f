internal import Foundation

/// The same rows scored by several programs as one batch on one core, each in a process of its own, by turns.
struct BatchContest {
  let rows: ExamplesFolder
  let peers: Peers
  let scratch: URL

  /// A program and the trees that it walks.
  struct Entry {
    let name: String
    /// As the script knows it; nil is the product.
    let peer: String?
    let model: URL
    /// Whether the trees are the product's, so that the log-odds must be the product's.
    let hasOwnTrees: Bool
  }

  /// Log-odds of the same trees may differ by the order of their sums and by no more.
  static let tolerance = 1e-12
  private static let repeats = 3

  /// The table of rows a second.
  func table(of entries: [Entry], turns: Int) throws -> String {
    var results = entries.map { _ in [RunResult]() }
    var expected: [Double] = []
    for turn in 0..<max(1, turns) {
      let order = Array(entries.indices)
      for index in turn.isMultiple(of: 2) ? order : order.reversed() {
        let (result, logOdds) = try run(entries[index])
        if expected.isEmpty { expected = logOdds }
        if entries[index].hasOwnTrees { try checkAgreement(entries[index].name, logOdds, expected) }
        results[index].append(result)
      }
    }
    let columns = Columns(first: 28, others: [12, 9])
    let rates = results.map { Double(expected.count) / median($0.map(\.elapsed)) }
    let lines = zip(entries, rates).map { entry, rate in
      columns.line([
        entry.name, decimal(rate, digits: 0), entry.peer == nil ? "" : decimal(rates[0] / rate, digits: 2),
      ])
    }
    return ([columns.line(["", "rows/s", "ours ÷"])] + lines).joined(separator: "\n")
  }

  private func run(_ entry: Entry) throws -> (RunResult, [Double]) {
    let predictions = scratch.appendingPathComponent("predictions.f64")
    let shared = [
      "--model", entry.model.path, "--data", rows.path.path, "--predictions", predictions.path, "--repeats",
      "\(Self.repeats)",
    ]
    let result: RunResult =
      if let peer = entry.peer {
        try peers.run(["predict", "--program", peer] + shared, as: RunResult.self)
      } else {
        try ownRun(["boosting-predict"] + shared)
      }
    progress("batch prediction, \(entry.name): \(decimal(result.elapsed)) s")
    return (result, try readNumbers(from: predictions))
  }

  private func checkAgreement(_ name: String, _ logOdds: [Double], _ expected: [Double]) throws {
    let distance = zip(logOdds, expected).map { abs($0 - $1) }.max() ?? .nan
    guard logOdds.count == expected.count, distance <= Self.tolerance else {
      throw BenchmarkFailure.programsDisagree("\(name) differs from the product by \(distance) on the same trees")
    }
  }
}
