public import Markets

/// One cut through time: train | purge | calibrate | purge | test.
///
/// No label of an earlier part meets the time of a later part.
public struct ChronologicalSplit: Hashable, Sendable {
  /// Rows to fit on, in row order.
  public let train: [Int]
  /// Rows to calibrate on, in row order.
  public let calibrate: [Int]
  /// Rows to judge on, in row order.
  public let test: [Int]
  /// Rows that belong to no part because their label reaches into a later one, in row order.
  public let purged: [Int]

  /// Cuts rows by their origin: training before `calibrateFrom`, calibration before `testFrom`, the rest test.
  ///
  /// Without `testFrom` there is no test part. A `calibrateFrom` at or after `testFrom` gives no calibration part. The
  /// rows must be row numbers of `intervals`.
  ///
  /// - Complexity: O(rows).
  public init(
    of intervals: LabelIntervals, among rows: [Int], calibrateFrom: Timestamp, testFrom: Timestamp? = nil
  ) {
    let testStart = testFrom ?? .distantFuture
    let isTest: (Int) -> Bool = { testFrom != nil && intervals.origins[$0] >= testStart }
    let later = rows.filter { !isTest($0) && intervals.origins[$0] >= calibrateFrom }
    let earlier = rows.filter { !isTest($0) && intervals.origins[$0] < calibrateFrom }
    test = rows.filter(isTest)
    calibrate = Purge.kept(later, evaluating: test, in: intervals)
    // Against all calibration origins, purged or not: whether one of them is purged must not let training closer.
    train = Purge.kept(earlier, evaluating: later + test, in: intervals)
    purged =
      Purge.overlapping(earlier, evaluating: later + test, in: intervals)
      + Purge.overlapping(later, evaluating: test, in: intervals)
  }

  /// Cuts rows of a dataset, as row numbers of the dataset.
  public init(of dataset: Dataset, among rows: [Int], calibrateFrom: Timestamp, testFrom: Timestamp? = nil) {
    self.init(of: dataset.labelIntervals, among: rows, calibrateFrom: calibrateFrom, testFrom: testFrom)
  }
}
