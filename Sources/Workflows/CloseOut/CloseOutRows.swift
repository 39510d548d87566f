internal import Datasets
internal import Learning
internal import LinearModels
internal import ModelStore

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The rows of a dataset as the routes to the close-out loss see them.
struct CloseOutRows {
  let dataset: Dataset
  let inputs: ModelInputs
  /// What the routes read of every row.
  let matrix: FeatureMatrix
  /// The group of every row.
  let groups: [Int]
  /// Every loss as a fraction of notional; NaN where it is unknown.
  let losses: [Double]
  /// The log of every loss, of one below the floor the floor's; NaN where it is unknown.
  let logLosses: [Double]

  init(_ rows: TrainingRows, inputs: ModelInputs, lossFloor: Double) {
    dataset = rows.dataset
    self.inputs = inputs
    matrix = TrainingRows.matrix(of: inputs, dataset: rows.dataset, logThresholds: rows.logThresholds)
    groups = rows.dataset.groups
    losses = rows.dataset.closeOutLosses
    logLosses = Self.logs(of: losses, floor: lossFloor)
  }

  /// The same rows with the losses of another size of position.
  init(_ rows: CloseOutRows, losses: [Double], lossFloor: Double) {
    dataset = rows.dataset
    inputs = rows.inputs
    matrix = rows.matrix
    groups = rows.groups
    self.losses = losses
    logLosses = Self.logs(of: losses, floor: lossFloor)
  }

  private static func logs(of losses: [Double], floor: Double) -> [Double] {
    losses.map { $0.isNaN ? .nan : log(max($0, floor)) }
  }

  /// The rows of known loss among some, in their order.
  func known(among rows: [Int]) -> [Int] { rows.filter { logLosses[$0].isFinite } }

  /// The losses of rows, as fractions of notional.
  func losses(of rows: [Int]) -> [Double] { rows.map { losses[$0] } }

  /// The medians of the log losses of some rows within each group.
  func centres(of rows: [Int]) -> GroupCentres {
    var members = [[Double]](repeating: [], count: dataset.groupCount)
    for row in rows { members[groups[row]].append(logLosses[row]) }
    var all = rows.map { logLosses[$0] }
    let pooled = median(reordering: &all) ?? 0
    return GroupCentres(
      groups: members.map {
        var own = $0; return median(reordering: &own) ?? pooled
      }, pooled: pooled)
  }

  /// The examples of rows, whose targets are the log losses less their centres.
  func examples(of rows: [Int], centres: GroupCentres) -> RegressionExamples {
    RegressionExamples(
      matrix: matrix.selecting(rows: rows), groups: rows.map { groups[$0] },
      targets: rows.map { logLosses[$0] - centres[groups[$0]] })
  }

  /// Rows cut in time so that about a share of them is in the later part, no instant split and no label of the earlier
  /// part reaching into the later.
  func cut(_ rows: [Int], laterShare: Double) -> (earlier: [Int], later: [Int]) {
    let first = Int((Double(rows.count) * (1 - laterShare)).rounded())
    guard rows.indices.contains(first) else { return (rows, []) }
    let split = ChronologicalSplit(of: dataset, among: rows, calibrateFrom: dataset.times[rows[first]])
    return (split.train, split.calibrate)
  }
}
