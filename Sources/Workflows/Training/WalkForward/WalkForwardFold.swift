package import Configuration
internal import Datasets
internal import Labels
internal import Markets
internal import ModelStore

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
  package let fitted: [Int]

  private init(rows: TrainingRows, split: Split) {
    self.rows = rows
    train = split.train
    test = split.test
    fitted = split.train.filter(rows.isFitted)
  }

  /// Whether there is something to learn and something to judge.
  private var isUsable: Bool { rows.hasBothOutcomes(fitted) && test.contains(where: rows.isFitted) }

  /// Whether families are compared on the row at a position of `test`: an onset row of known outcome.
  func isJudged(at position: Int) -> Bool { rows.isFitted(test[position]) }

  /// The positions in `test` of the rows on which families are compared.
  var judgedPositions: [Int] { test.indices.filter(isJudged) }

  /// The number of positive rows among them.
  var positiveCount: Int { judgedPositions.count(where: outcome) }

  /// Whether the event followed the row at a position of `test`.
  func outcome(at position: Int) -> Bool { rows.dataset.events[test[position]] == true }

  /// What the baselines, fitted before the fold, say of the rows of `test`: each one's probabilities.
  func baselines() throws -> [[Double]] {
    let instants = test.map(rows.instant)
    return try rows.baselines(fittedTo: fitted, state: train.filter(rows.isKnown)).map { named in
      instants.map(named.baseline.probability)
    }
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
