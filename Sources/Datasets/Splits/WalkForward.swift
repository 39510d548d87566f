public import Markets

/// Rows to learn from and later rows to be judged on.
public struct Split: Hashable, Sendable {
  /// Training rows, in row order.
  public let train: [Int]
  /// Test rows, in row order.
  public let test: [Int]

  /// Creates a split.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }
}

/// Why a walk-forward plan is not well defined.
public enum WalkForwardFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Fewer than one fold is asked for.
  case folds(Int)
  /// The first training share is not above 0 and below 1.
  case initialTrainingShare(Double)
  /// The embargo is shorter than the labels, `δ + h`.
  case embargo(TimeSpan, atLeast: TimeSpan)

  /// The fault in words, naming the wrong value.
  public var description: String {
    switch self {
    case .folds(let folds): "the number of folds is \(folds); at least 1 is needed"
    case .initialTrainingShare(let share): "the first training share is \(share); it must be above 0 and below 1"
    case .embargo(let embargo, let least):
      "the embargo is \(embargo); it must be at least latency and horizon, \(least)"
    }
  }
}

/// Validation by walking forward: each fold is judged by what came before it.
///
/// The distinct instants are cut into a first training block and `folds` test blocks whose numbers of instants differ
/// by at most one. All markets are cut at the same time, so no instant is split. Fold `k` tests on block `k` and trains on
/// everything before it, less the purge and the embargo.
public struct WalkForward: Hashable, Sendable {
  /// The number of test blocks.
  public let folds: Int
  /// The share of instants before the first test block, above 0 and below 1.
  public let initialTrainingShare: Double
  /// The least time from a training origin to the first test origin; never less than `δ + h`.
  public let embargo: TimeSpan

  /// Creates a plan for labels that reach `informationSpan`, `δ + h`, past their origin; without an embargo that is it.
  ///
  /// - Throws: `WalkForwardFault` naming the first value out of its range.
  public init(
    folds: Int, initialTrainingShare: Double = 0.3, informationSpan: TimeSpan, embargo: TimeSpan? = nil
  ) throws(WalkForwardFault) {
    guard folds >= 1 else { throw .folds(folds) }
    guard initialTrainingShare > 0, initialTrainingShare < 1 else { throw .initialTrainingShare(initialTrainingShare) }
    let embargo = embargo ?? informationSpan
    guard embargo >= informationSpan else { throw .embargo(embargo, atLeast: informationSpan) }
    self.folds = folds
    self.initialTrainingShare = initialTrainingShare
    self.embargo = embargo
  }

  /// The splits of a dataset, as row numbers of the dataset.
  public func splits(of dataset: Dataset) -> [Split] {
    splits(of: dataset.labelIntervals, among: Array(0..<dataset.count))
  }

  /// The splits of some rows of a dataset, as row numbers of the dataset.
  public func splits(of dataset: Dataset, among rows: [Int]) -> [Split] {
    splits(of: dataset.labelIntervals, among: rows)
  }

  /// The splits of some rows, earliest fold first; folds without a row to train or to test on are left out.
  ///
  /// - Complexity: O(n log n + folds · n).
  public func splits(of intervals: LabelIntervals, among rows: [Int]) -> [Split] {
    let starts = blockStarts(rows.map { intervals.origins[$0] })
    return starts.indices.compactMap { block in
      let test = rows.filter { row in
        let origin = intervals.origins[row]
        return origin >= starts[block] && (block + 1 == starts.count || origin < starts[block + 1])
      }
      let earlier = rows.filter { row in
        intervals.origins[row] < starts[block] && intervals.origins[row] + embargo < starts[block]
      }
      let train = Purge.kept(earlier, evaluating: test, in: intervals)
      return train.isEmpty || test.isEmpty ? nil : Split(train: train, test: test)
    }
  }

  /// The first instant of each test block; fewer than `folds` when there are too few instants.
  private func blockStarts(_ origins: [Timestamp]) -> [Timestamp] {
    var instants: [Timestamp] = []
    for origin in origins.sorted() where origin != instants.last { instants.append(origin) }
    let first = Int((Double(instants.count) * initialTrainingShare).rounded(.up))
    let remaining = instants.count - first
    let blocks = min(folds, remaining)
    return (0..<max(0, blocks)).map { instants[first + remaining / blocks * $0 + remaining % blocks * $0 / blocks] }
  }
}
