package import Configuration
internal import Datasets
internal import Labels
internal import Learning
internal import LinearModels
internal import Markets
internal import ModelStore
package import Validation

/// The whole recipe judged inside the training window: expanding folds, purged, every fold scored by models that never
/// saw it nor anything that overlaps it.
package struct WalkForwardRun {
  /// The penalty with the lowest log loss over the folds.
  let penalty: Double
  /// What each penalty gave, penalties falling.
  let search: [PenaltyScore]

  /// The number of folds that could be used.
  var foldCount: Int { folds.count }

  private let rows: TrainingRows
  private let configuration: TrainingConfiguration
  private let folds: [JudgedFold]

  /// One fold's rows and what models of the rows before it say of them.
  private struct JudgedFold {
    let fold: WalkForwardFold
    let logOdds: [Double]
    let baselines: [[Double]]
  }

  /// Runs the folds of some rows.
  ///
  /// - Throws: `TrainingFailure` when no fold can be used or a fit fails.
  package init(
    _ rows: TrainingRows, configuration: TrainingConfiguration, labels: WalkForwardFold.Labels = .shared
  ) throws {
    self.rows = rows
    self.configuration = configuration
    let folds = try WalkForwardFold.all(of: rows, configuration: configuration, labels: labels)
    let choice = try Self.search(folds, configuration: configuration)
    penalty = choice.penalty
    search = choice.table
    self.folds = try folds.map { [penalty] fold in
      let classifier = try fold.rows.fit(fold.fitted, penalty: penalty).model
      let baselines = try fold.rows.baselines(fittedTo: fold.fitted, state: fold.train.filter(fold.rows.isKnown))
      let instants = fold.test.map(fold.rows.instant)
      return JudgedFold(
        fold: fold, logOdds: fold.rows.logOdds(of: fold.test, by: classifier),
        baselines: baselines.map { named in instants.map(named.baseline.probability) })
    }
  }

  private static func search(
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

  /// The calibrator fitted to every fold's onset rows of known outcome.
  func calibrator() throws -> Calibrator {
    do {
      return try calibrator(before: folds.count)
    } catch {
      throw TrainingFailure.calibration("\(error)")
    }
  }

  /// The onset rows of known outcome in the folds before a fold, with what was said of them and what happened; rows whose
  /// label reaches into the fold are purged.
  package func calibrationRows(before fold: Int) -> [(row: Int, logOdds: Double, outcome: Bool)] {
    let intervals = rows.dataset.labelIntervals
    let window = fold < folds.count ? intervals.window(of: folds[fold].fold.test) : nil
    func isPurged(_ row: Int) -> Bool {
      window?.meets(origin: intervals.origins[row], labelEnd: intervals.ends[row]) ?? false
    }
    return folds[..<fold].flatMap { earlier in
      let rows = earlier.fold.rows
      return zip(earlier.fold.test, earlier.logOdds).filter { rows.isFitted($0.0) && !isPurged($0.0) }
        .map { (row: $0.0, logOdds: $0.1, outcome: rows.dataset.events[$0.0] == true) }
    }
  }

  private func calibrator(before fold: Int) throws(CalibrationFailure) -> Calibrator {
    let learned = calibrationRows(before: fold)
    let (logOdds, outcomes) = (learned.map(\.logOdds), learned.map(\.outcome))
    switch configuration.calibration {
    case .none: return .identity
    case .platt: return .platt(try PlattCalibration.fitted(logOdds: logOdds, outcomes: outcomes).calibration)
    case .isotonic: return .isotonic(try IsotonicCalibration.fitted(logOdds: logOdds, outcomes: outcomes))
    }
  }

  /// The calibrator that a fold is judged with; a fold with too little before it is judged as the model speaks.
  private func calibratorForJudging(_ fold: Int) throws -> Calibrator {
    do {
      return try calibrator(before: fold)
    } catch .insufficientEvidence {
      return .identity
    } catch {
      throw TrainingFailure.calibration("\(error)")
    }
  }

  /// The scores of the model, each fold calibrated on the folds before it, and of the baselines.
  package func report() throws -> EvaluationReport {
    var judged: [EvaluationRow] = []
    var model: [Double] = []
    var baselines = [[Double]](repeating: [], count: BaselineFitting.names.count)
    for (index, fold) in folds.enumerated() {
      let calibrator = try calibratorForJudging(index)
      judged += fold.fold.test.map(fold.fold.rows.evaluationRow)
      model += fold.logOdds.map { sigmoid(calibrator.calibrated(logOdds: $0)) }
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
