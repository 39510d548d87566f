internal import Boosting
internal import Configuration
internal import Datasets
internal import Learning
internal import ModelStore

/// The walk-forward that judges the trials of a search: the folds of training, each one's models grown on what came before
/// it, its loss taken on onset rows of known outcome.
struct TrialJudge {
  /// After half of the folds a trial is discarded when its loss on them is above the best trial's on the same folds by more
  /// than this share of it.
  static let discardMargin = 0.1

  let folds: [WalkForwardFold]
  let configuration: TrainingConfiguration
  let threads: Int

  /// The record of a trial; nil when `isOver` before a fold.
  func judge(
    _ number: Int, _ settings: BoostingConfiguration, against best: TrialRecord?, isOver: () -> Bool
  ) throws -> TrialRecord? {
    var outOfFold = OutOfFold(folds: [])
    var (losses, rows, trees): ([Double], [Int], [Int]) = ([], [], [])
    for fold in folds {
      if isOver() { return nil }
      let fit = try learner(settings, of: fold.rows).fit(fold.fitted, of: fold.rows)
      outOfFold.folds.append(
        JudgedFold(
          fold: fold, logOdds: [.boosting: fold.rows.logOdds(of: fold.test, by: fit.model)], baselines: []))
      let loss = try outOfFold.loss(ofFold: losses.count, family: .boosting, configuration.calibration)
      guard loss.isFinite else { throw TrainingFailure.fit("trial \(number) has a loss that is not finite") }
      losses.append(loss)
      rows.append(fold.judgedPositions.count)
      trees.append(fit.record.rounds)
      if Self.isHopeless(FoldLosses(losses: losses, rows: rows), against: best, of: folds.count) { break }
    }
    return TrialRecord(
      number: number, settings: settings, losses: FoldLosses(losses: losses, rows: rows), trees: trees,
      folds: folds.count)
  }

  private func learner(_ settings: BoostingConfiguration, of rows: TrainingRows) -> BoostedLearner {
    BoostedLearner(
      configuration.model.boosting.with(learner: settings), inputs: rows.inputs, schema: rows.dataset.schema,
      threads: threads)
  }

  /// Whether the folds so far are enough to discard a trial, and their loss is bad enough.
  private static func isHopeless(_ losses: FoldLosses, against best: TrialRecord?, of folds: Int) -> Bool {
    let judged = losses.losses.count
    guard let best, judged < folds, 2 * judged >= folds else { return false }
    return losses.mean > (1 + discardMargin) * best.losses.prefix(judged).mean
  }
}
