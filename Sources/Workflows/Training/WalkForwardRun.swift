package import Configuration
package import Datasets
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

  private let rows: TrainingRows
  private let configuration: TrainingConfiguration
  private let folds: [Fold]

  /// One fold's rows and what models of the rows before it say of them.
  private struct Fold {
    let rows: [Int]
    let logOdds: [Double]
    let baselines: [[Double]]
  }

  package init(_ rows: TrainingRows, configuration: TrainingConfiguration) throws {
    self.rows = rows
    self.configuration = configuration
    let splits = try Self.usableSplits(rows, configuration: configuration)
    let choice = try Self.search(rows, splits: splits, configuration: configuration)
    penalty = choice.penalty
    search = choice.table
    folds = try splits.map { [penalty] split in
      let train = split.train.filter(rows.isFitted)
      let classifier = try rows.fit(train, penalty: penalty).model
      let baselines = try rows.baselines(fittedTo: train, state: split.train.filter(rows.isKnown))
      let instants = split.test.map(rows.instant)
      return Fold(
        rows: split.test, logOdds: rows.logOdds(of: split.test, by: classifier),
        baselines: baselines.map { named in instants.map(named.baseline.probability) })
    }
  }

  /// The splits whose training rows have both outcomes and whose evaluation rows are not empty.
  package static func usableSplits(_ rows: TrainingRows, configuration: TrainingConfiguration) throws -> [Split] {
    let walkForward: WalkForward
    do {
      walkForward = try WalkForward(
        folds: configuration.validation.folds, initialTrainingShare: configuration.validation.firstTrainingShare,
        informationSpan: configuration.task.informationSpan, embargo: configuration.validation.embargo)
    } catch {
      throw TrainingFailure.evaluation("\(error)")
    }
    let usable = walkForward.splits(of: rows.dataset).filter { split in
      let train = split.train.filter(rows.isFitted)
      let positives = train.count { rows.dataset.events[$0] == true }
      return positives > 0 && positives < train.count && split.test.contains(where: rows.isFitted)
    }
    if usable.isEmpty { throw TrainingFailure.noFold }
    return usable
  }

  private static func search(
    _ rows: TrainingRows, splits: [Split], configuration: TrainingConfiguration
  ) throws -> PenaltyChoice {
    var positions = [Int?](repeating: nil, count: rows.dataset.count)
    for (position, row) in rows.fitted.enumerated() { positions[row] = position }
    let folds = splits.map { split in
      RowSplit(train: split.train.compactMap { positions[$0] }, test: split.test.compactMap { positions[$0] })
    }
    do {
      return try PenaltySearch(penalties: configuration.model.penalties).run(
        rows.examples(of: rows.fitted), splits: folds, design: configuration.model.design,
        configuration: try rows.logistic(penalty: 0))
    } catch {
      throw TrainingFailure.fit("\(error)")
    }
  }

  /// The calibrator fitted to every fold's onset rows of known outcome.
  func calibrator() throws -> Calibrator { try calibrator(before: folds.count) }

  /// The onset rows of known outcome in the folds before a fold, with the log-odds that they were given; rows whose label
  /// reaches into the fold are purged.
  package func calibrationRows(before fold: Int) -> [(row: Int, logOdds: Double)] {
    let intervals = rows.dataset.labelIntervals
    let window = fold < folds.count ? intervals.window(of: folds[fold].rows) : nil
    func isPurged(_ row: Int) -> Bool {
      window?.meets(origin: intervals.origins[row], labelEnd: intervals.ends[row]) ?? false
    }
    return folds[..<fold].flatMap { earlier in
      zip(earlier.rows, earlier.logOdds).lazy.filter { rows.isFitted($0.0) && !isPurged($0.0) }
        .map { (row: $0.0, logOdds: $0.1) }
    }
  }

  private func calibrator(before fold: Int) throws -> Calibrator {
    var logOdds: [Double] = []
    var outcomes: [Bool] = []
    for (row, value) in calibrationRows(before: fold) {
      logOdds.append(value)
      outcomes.append(rows.dataset.events[row] == true)
    }
    do {
      switch configuration.calibration {
      case .none: return .identity
      case .platt: return .platt(try PlattCalibration.fitted(logOdds: logOdds, outcomes: outcomes).calibration)
      case .isotonic: return .isotonic(try IsotonicCalibration.fitted(logOdds: logOdds, outcomes: outcomes))
      }
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
      // A fold with too little before it to be calibrated on is judged as the model speaks.
      let calibrator = (try? calibrator(before: index)) ?? .identity
      judged += fold.rows.map(rows.evaluationRow)
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
