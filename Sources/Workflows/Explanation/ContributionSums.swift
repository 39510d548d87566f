internal import Datasets
internal import ModelStore
internal import Parallelism

/// What many rows' contributions add up to, input by input.
struct ContributionSums: Sendable {
  /// A row whose contributions are not its log-odds.
  struct Incomplete: Sendable {
    let row: Int
    let attribution: Attribution
  }

  /// The sums of the positive contributions.
  private(set) var raising: [Double]
  /// The sums of the absolute values of the negative ones.
  private(set) var lowering: [Double]
  /// The largest distance of a row's base and contributions from its log-odds.
  private(set) var largestGap = 0.0
  /// The first row that does not add up.
  private(set) var incomplete: Incomplete?

  private static let rowsPerPart = 512

  private init(inputCount: Int) {
    raising = [Double](repeating: 0, count: inputCount)
    lowering = raising
  }

  /// Explains every row; the parts are summed in row order, so the bits do not depend on the number of threads.
  ///
  /// - Parameter groups: Each row's group, as the model numbers them.
  static func over(_ rows: [Int], of dataset: Dataset, groups: [Int], scorer: ModelScorer) -> ContributionSums {
    let parts = stride(from: 0, to: rows.count, by: rowsPerPart).map { $0..<min($0 + rowsPerPart, rows.count) }
    let inputCount = scorer.artefact.inputs.columns.count
    let sums = concurrentMap(parts) { part in
      var sums = ContributionSums(inputCount: inputCount)
      for position in part {
        let row = rows[position]
        sums.add(scorer.attribution(of: dataset.features(ofRow: row), group: groups[position]), row: row)
      }
      return sums
    }
    return sums.reduce(into: ContributionSums(inputCount: inputCount)) { $0.add($1) }
  }

  private mutating func add(_ attribution: Attribution, row: Int) {
    if incomplete == nil, !attribution.isComplete { incomplete = Incomplete(row: row, attribution: attribution) }
    largestGap = max(largestGap, attribution.gap)
    for (input, contribution) in attribution.contributions.enumerated() {
      if contribution > 0 { raising[input] += contribution } else { lowering[input] -= contribution }
    }
  }

  private mutating func add(_ other: ContributionSums) {
    incomplete = incomplete ?? other.incomplete
    largestGap = max(largestGap, other.largestGap)
    for input in raising.indices {
      raising[input] += other.raising[input]
      lowering[input] += other.lowering[input]
    }
  }
}
