internal import Datasets

/// Training rows cut in time: earlier ones to grow trees on, the last ones to watch the loss on.
package struct StoppingSlice {
  /// The earlier rows whose labels do not reach into the watched ones.
  package let fitted: [Int]
  /// The last rows in time.
  package let watched: [Int]

  /// Cuts rows in time order so that about a share of them is watched, no instant split; nil when one of the parts lacks
  /// rows of either outcome, so that nothing could be learned or nothing be told from it.
  package init?(of rows: [Int], in training: TrainingRows, share: Double) {
    let intervals = training.dataset.labelIntervals
    let first = Int((Double(rows.count) * (1 - share)).rounded())
    guard rows.indices.contains(first) else { return nil }
    let split = ChronologicalSplit(of: intervals, among: rows, calibrateFrom: intervals.origins[rows[first]])
    (fitted, watched) = (split.train, split.calibrate)
    guard training.hasBothOutcomes(fitted), training.hasBothOutcomes(watched) else { return nil }
  }
}
