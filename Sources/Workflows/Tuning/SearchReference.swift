internal import Configuration
internal import Learning
internal import LinearModels
internal import ModelStore
internal import Validation

/// What trees must beat on the folds of a search.
enum SearchReference {
  /// The logistic regression with the best of the configured penalties, where there are any, and the baseline of the least
  /// loss.
  static func all(
    on folds: [WalkForwardFold], configuration: TrainingConfiguration
  ) throws -> [SearchRecord.Reference] {
    let baseline = try bestBaseline(on: folds)
    guard !configuration.model.penalties.isEmpty else { return [baseline] }
    let penalty = try WalkForwardRun.search(folds, configuration: configuration).penalty
    let outOfFold = OutOfFold(
      folds: try folds.map { fold in
        let model = try fold.rows.fit(fold.fitted, penalty: penalty).model
        return JudgedFold(
          fold: fold, logOdds: [.logistic: fold.rows.logOdds(of: fold.test, by: model)], baselines: [])
      })
    let losses = try outOfFold.losses(of: .logistic, configuration.calibration)
    return [SearchRecord.Reference(name: "logistic, penalty \(penalty)", losses: losses), baseline]
  }

  private static func bestBaseline(on folds: [WalkForwardFold]) throws -> SearchRecord.Reference {
    let probabilities = try folds.map { try $0.baselines() }
    let references = BaselineFitting.names.enumerated().map { number, name in
      SearchRecord.Reference(
        name: "baseline \(name)",
        losses: FoldLosses(
          losses: zip(folds, probabilities).map { fold, probabilities in
            fold.meanLoss { ProbabilityLoss.logarithmic(probabilities[number][$0], fold.outcome(at: $0)) }
          }, rows: folds.map(\.judgedPositions.count)))
    }
    // `min` keeps the first of equal losses.
    guard let best = references.min(by: { $0.losses.mean < $1.losses.mean }) else { throw TrainingFailure.noFold }
    return best
  }
}
