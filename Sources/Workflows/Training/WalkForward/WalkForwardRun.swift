internal import Boosting
package import Configuration
internal import Datasets
internal import Labels
internal import Learning
internal import LinearModels
internal import Markets
package import ModelStore
package import Validation

/// The whole recipe judged inside the training window: expanding folds, purged, every fold scored by models that never
/// saw it nor anything that overlaps it.
///
/// Every family of the configuration is judged on the same folds. What is learned from predictions, a blend's weight and a
/// calibrator, is learned for judging a fold from the folds before it only, and for the final model from all folds.
package struct WalkForwardRun {
  /// What each family gave, and which of them is picked.
  package let comparison: FamilyComparison
  /// How the weight of the blend was chosen; nil when no blend is judged.
  package let blend: BlendTraining?

  /// The penalty of the logistic regression with the lowest log loss over the folds; nil when none is judged.
  var penalty: Double? { choice?.penalty }
  /// The number of folds that could be used.
  var foldCount: Int { outOfFold.folds.count }

  private let rows: TrainingRows
  private let configuration: TrainingConfiguration
  private let choice: PenaltyChoice?
  private let learner: BoostedLearner
  private let outOfFold: OutOfFold

  /// Runs the folds of some rows; the number of threads changes nothing.
  ///
  /// - Throws: `TrainingFailure` when no fold can be used or a fit fails.
  package init(
    _ rows: TrainingRows, configuration: TrainingConfiguration, labels: WalkForwardFold.Labels = .shared,
    threads: Int = 1
  ) throws {
    self.rows = rows
    self.configuration = configuration
    let families = configuration.model.family.judged
    let folds = try WalkForwardFold.all(of: rows, configuration: configuration, labels: labels)
    let choice = families.contains(.logistic) ? try Self.search(folds, configuration: configuration) : nil
    let learner = BoostedLearner(
      configuration.model.boosting, inputs: rows.inputs, schema: rows.dataset.schema, threads: threads)
    var outOfFold = OutOfFold(
      folds: try folds.map { fold in
        var logOdds: [ModelFamily: [Double]] = [:]
        if let choice {
          let model = try fold.rows.fit(fold.fitted, penalty: choice.penalty).model
          logOdds[.logistic] = fold.rows.logOdds(of: fold.test, by: model)
        }
        if families.contains(.boosting) {
          let model = try learner.fit(fold.fitted, of: fold.rows).model
          logOdds[.boosting] = fold.rows.logOdds(of: fold.test, by: model)
        }
        return JudgedFold(fold: fold, logOdds: logOdds, baselines: try fold.baselines())
      })
    blend = families.contains(.blend) ? Self.blend(&outOfFold) : nil
    comparison = try Self.comparison(of: families, outOfFold, configuration: configuration)
    (self.choice, self.learner, self.outOfFold) = (choice, learner, outOfFold)
  }

  /// The choice of the logistic regression's penalty over some folds.
  static func search(
    _ folds: [WalkForwardFold], configuration: TrainingConfiguration
  ) throws -> PenaltyChoice {
    // Each fold has labels of its own, so its rows stand beside those of the other folds instead of among them.
    var parts: [TrainingExamples] = []
    var splits: [RowSplit] = []
    var start = 0
    for fold in folds {
      let test = fold.test.filter(fold.rows.isFitted)
      parts += [fold.rows.examples(of: fold.fitted), fold.rows.examples(of: test)]
      let middle = start + fold.fitted.count
      splits.append(RowSplit(train: Array(start..<middle), test: Array(middle..<middle + test.count)))
      start = middle + test.count
    }
    do {
      return try PenaltySearch(penalties: configuration.model.penalties).run(
        TrainingExamples(joining: parts), splits: splits, design: configuration.model.design,
        configuration: try LogisticConfiguration(penalty: 0, method: configuration.model.method))
    } catch {
      throw TrainingFailure.fit("\(error)")
    }
  }

  /// Adds the blend's log-odds to every fold, mixed by the weight that the folds before it tell.
  private static func blend(_ outOfFold: inout OutOfFold) -> BlendTraining {
    var weights: [Double] = []
    for fold in outOfFold.folds.indices {
      let weight = outOfFold.blendSearch(before: fold)?.best ?? BlendSearch.evenWeight
      let parts = outOfFold.folds[fold].logOdds
      outOfFold.folds[fold].logOdds[.blend] = zip(parts[.logistic] ?? [], parts[.boosting] ?? []).map {
        BlendedClassifier.mixed(linear: $0, boosted: $1, boostedWeight: weight)
      }
      weights.append(weight)
    }
    let search = outOfFold.blendSearch(before: outOfFold.folds.count)
    return BlendTraining(
      boostedWeight: search?.best ?? BlendSearch.evenWeight, search: search?.scores ?? [], judgedWeights: weights)
  }

  /// The families by the log loss of all folds' onset rows, each fold calibrated on the folds before it.
  private static func comparison(
    of families: [ModelFamily], _ outOfFold: OutOfFold, configuration: TrainingConfiguration
  ) throws -> FamilyComparison {
    let scores = try families.map { family in
      let losses = try outOfFold.losses(of: family, configuration.calibration)
      return FamilyScore(family: family, foldLosses: losses.losses, foldRows: losses.rows)
    }
    let setting = configuration.model.family
    return FamilyComparison(
      scores: scores, rows: outOfFold.folds.reduce(0) { $0 + $1.fold.judgedPositions.count },
      positives: outOfFold.folds.reduce(0) { $0 + $1.fold.positiveCount },
      picked: FamilyPick.family(setting, from: scores), margin: setting.margin)
  }
}

extension WalkForwardRun {
  /// The logistic regression of the chosen penalty, fitted to every row that may be learned from.
  func fitLinear(_ rows: TrainingRows) throws -> (model: LinearClassifier, record: LinearTraining) {
    guard let choice else { throw TrainingFailure.fit("no penalty was chosen") }
    let fit = try rows.fit(rows.fitted, penalty: choice.penalty)
    return (fit.model, LinearTraining(search: choice.table, fit: fit.report))
  }

  /// The trees of every row that may be learned from.
  func fitBoosted(_ rows: TrainingRows) throws -> (model: BoostedClassifier, record: BoostingTraining) {
    try learner.fit(rows.fitted, of: rows)
  }

  /// The calibrator of the picked family, fitted to every fold's onset rows of known outcome.
  func calibrator() throws -> Calibrator {
    do {
      return try outOfFold.calibrator(before: foldCount, family: comparison.picked, configuration.calibration)
    } catch {
      throw TrainingFailure.calibration("\(error)")
    }
  }

  /// The two probabilities of the picked family, fitted like the calibrator; nil when the configuration asks for none.
  func interval(talk: any Talk) throws -> VennAbers? {
    switch configuration.interval {
    case .none: return nil
    case .vennAbers:
      let rows = calibrationRows(before: foldCount)
      do {
        return try VennAbers.fitted(logOdds: rows.map(\.logOdds), outcomes: rows.map(\.outcome))
      } catch .insufficientEvidence(let found, let needed) {
        talk.step("the model gets no interval: the folds have \(found), and \(needed) are needed")
        return nil
      } catch {
        throw TrainingFailure.calibration("the interval: \(error)")
      }
    }
  }

  /// The rows that the calibrator of a fold, and the weight of a blend that judges it, are learned from, with what the
  /// picked family said of them and what happened.
  package func calibrationRows(before fold: Int) -> [(row: Int, logOdds: Double, outcome: Bool)] {
    let places = outOfFold.places(before: fold)
    return zip(places, outOfFold.logOdds(of: places, by: comparison.picked)).map { ($0.row, $1, $0.outcome) }
  }

  /// The scores of the picked family, each fold calibrated on the folds before it, and of the baselines.
  package func report() throws -> EvaluationReport {
    var judged: [EvaluationRow] = []
    var model: [Double] = []
    var baselines = [[Double]](repeating: [], count: BaselineFitting.names.count)
    for (number, fold) in outOfFold.folds.enumerated() {
      let calibrator = try outOfFold.calibratorForJudging(
        number, family: comparison.picked, configuration.calibration)
      judged += fold.fold.test.map(fold.fold.rows.evaluationRow)
      model += (fold.logOdds[comparison.picked] ?? []).map { sigmoid(calibrator.calibrated(logOdds: $0)) }
      for position in baselines.indices { baselines[position] += fold.baselines[position] }
    }
    return try EvaluationRun(
      task: configuration.task, provenance: rows.provenance, rates: rows.rates,
      bootstrap: DayBlockBootstrap(resamples: configuration.validation.resamples, seed: configuration.validation.seed)
    ).report(
      judged, model: model,
      baselines: zip(BaselineFitting.names, baselines).map { ($0, $1) })
  }

  /// The model against the baseline of lowest log loss, on onset rows of all markets.
  func gate(_ report: EvaluationReport, minimumSkill: Double) -> GateDecision {
    let scores = report.overall.onset
    let losses = scores.baselines.pairs.compactMap { pair in pair.value.logLoss.value.map { (pair.name, $0) } }
    guard let best = losses.min(by: { $0.1 < $1.1 }), let loss = scores.model.logLoss.value, best.1 > 0 else {
      return GateDecision(bestBaseline: "none", skill: -1, minimumSkill: minimumSkill)
    }
    return GateDecision(bestBaseline: best.0, skill: 1 - loss / best.1, minimumSkill: minimumSkill)
  }
}

extension WalkForwardRun {
  /// What was chosen, for the talk of a run.
  var summary: String {
    var text = "\(foldCount) folds usable"
    if let penalty { text += ", penalty \(penalty) chosen" }
    if comparison.scores.count > 1 {
      let families = comparison.scores.map(\.family.rawValue).joined(separator: ", ")
      text += ", \(comparison.picked.rawValue) picked of \(families)"
    }
    return text
  }
}
