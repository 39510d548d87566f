package import Configuration
internal import Datasets
internal import Labels
internal import Markets

/// One fold of a walk-forward: the rows to learn from, the later ones to be judged on, and the labels of both.
package struct WalkForwardFold {
  /// Where a fold's labels come from.
  package enum Labels {
    /// Every fold uses the labels of the whole window, as absolute thresholds allow.
    case shared
    /// Thresholds that follow from the data are fitted to the snapshots before the fold.
    case fittedBeforeEachFold(LabeledHistory)
  }

  /// All rows, labelled for this fold.
  package let rows: TrainingRows
  /// Rows of any state before the fold whose labels do not reach into it.
  package let train: [Int]
  /// Rows of the fold.
  package let test: [Int]
  /// The rows of `train` that the model learns from.
  let fitted: [Int]

  private init(rows: TrainingRows, split: Split) {
    self.rows = rows
    train = split.train
    test = split.test
    fitted = split.train.filter(rows.isFitted)
  }

  /// Whether there is something to learn and something to judge.
  private var isUsable: Bool {
    let positives = fitted.count { rows.dataset.events[$0] == true }
    return positives > 0 && positives < fitted.count && test.contains(where: rows.isFitted)
  }

  /// The usable folds of a training window, earliest first.
  ///
  /// - Throws: `TrainingFailure` when there is none.
  package static func all(
    of rows: TrainingRows, configuration: TrainingConfiguration, labels: Labels = .shared
  ) throws -> [WalkForwardFold] {
    let walkForward: WalkForward
    do {
      walkForward = try WalkForward(
        folds: configuration.validation.folds, initialTrainingShare: configuration.validation.firstTrainingShare,
        informationSpan: configuration.task.informationSpan, embargo: configuration.validation.embargo)
    } catch {
      throw TrainingFailure.walkForward("\(error)")
    }
    let folds = walkForward.splits(of: rows.dataset).compactMap { split in
      relabelled(rows, for: split, labels, configuration).map { WalkForwardFold(rows: $0, split: split) }
    }.filter(\.isUsable)
    if folds.isEmpty { throw TrainingFailure.noFold }
    return folds
  }

  /// The rows under the fold's own labels; nil when the time before it does not suffice for labels of both outcomes.
  private static func relabelled(
    _ rows: TrainingRows, for split: Split, _ labels: Labels, _ configuration: TrainingConfiguration
  ) -> TrainingRows? {
    guard case .fittedBeforeEachFold(let history) = labels else { return rows }
    guard let start = split.test.first.map({ rows.dataset.times[$0] }),
      let dataset = try? history.dataset(thresholdsFittedBefore: start)
    else { return nil }
    return try? TrainingRows(dataset, configuration: configuration)
  }
}
