internal import Configuration
internal import Datasets
internal import Labels
internal import Learning
internal import Markets
internal import ModelStore
internal import Validation

/// Learns quantiles of the close-out loss and judges both routes on the purged folds of the classifier.
struct CloseOutTraining {
  private let settings: TrainingConfiguration.CloseOutQuantile
  private let configuration: TrainingConfiguration
  private let learner: CloseOutLearner
  private let ownNotional: Double

  /// The training that a configuration asks for; nil when it asks for none.
  init?(_ configuration: TrainingConfiguration, threads: Int) {
    guard let settings = configuration.closeOutQuantile, let closeOut = configuration.task.closeOut else { return nil }
    ownNotional = closeOut.notional
    self.settings = settings
    self.configuration = configuration
    learner = CloseOutLearner(settings: settings, threads: threads)
  }

  /// Judges both routes inside the window, chooses one and fits both to the whole window.
  ///
  /// Every row of known loss counts, whatever the state of its book: a margin is asked in any state.
  ///
  /// - Throws: `TrainingFailure` when the window does not suffice or a fit fails.
  ///
  /// - Parameter ladder: The losses of the configured sizes of the same rows; without them the model has no ladder.
  func run(
    _ rows: TrainingRows, ladder: LadderRows?, labels: WalkForwardFold.Labels, talk: any Talk
  ) throws -> CloseOutModel {
    let inputs = try inputs(of: rows)
    let (forecasts, folds) = try walkForward(rows, inputs: inputs, labels: labels)
    let scores = forecasts.scores(
      bootstrap: DayBlockBootstrap(resamples: configuration.validation.resamples, seed: configuration.validation.seed))
    let chosen = CloseOutRoute.best(by: scores)
    talk.step("close-out quantiles: \(folds) folds usable, route \(chosen.rawValue) chosen; fitting the window")
    let data = CloseOutRows(rows, inputs: inputs, lossFloor: settings.lossFloor.fraction)
    let all = Array(rows.dataset.rows())
    let fit: CloseOutLearner.Fit
    let fittedLadder: CloseOutLadder?
    do {
      fit = try learner.fit(all, of: data)
      fittedLadder = try ladder.map { ladder throws(CloseOutFailure) in
        try LadderLearning(
          learner: learner, data: data, ladder: ladder, ownNotional: ownNotional,
          lossFloor: settings.lossFloor.fraction
        ).fit(all, by: chosen)
      }
    } catch {
      throw TrainingFailure.closeOut("\(error)")
    }
    return CloseOutModel(
      levels: settings.levels, lossFloor: settings.lossFloor.fraction, inputs: inputs,
      routes: fit.routes, ladder: fittedLadder,
      record: CloseOutRecord(
        rows: data.known(among: all).count, fittedRows: fit.fittedRows, calibrationRows: fit.calibrationRows,
        folds: folds, walkForward: CloseOutEvaluation(chosen: chosen, scores: scores)))
  }

  private func inputs(of rows: TrainingRows) throws -> ModelInputs {
    guard let names = settings.inputs else { return rows.inputs }
    let schema = rows.dataset.schema
    guard let inputs = ModelInputs(names: names, schema: schema, floor: configuration.model.relativeFloor) else {
      let unknown = ModelInputs.unknownNames(in: names, schema: schema)
      throw TrainingFailure.closeOut("inputs: no such feature under these settings: \(unknown.joined(separator: ", "))")
    }
    return inputs
  }

  /// What the routes say of every fold when they are learned from the rows before it; a fold with too little before it is
  /// left out.
  private func walkForward(
    _ rows: TrainingRows, inputs: ModelInputs, labels: WalkForwardFold.Labels
  ) throws -> (forecasts: CloseOutForecasts, folds: Int) {
    var forecasts = CloseOutForecasts(levels: settings.levels)
    var folds = 0
    for fold in try WalkForwardFold.all(of: rows, configuration: configuration, labels: labels) {
      let data = CloseOutRows(fold.rows, inputs: inputs, lossFloor: settings.lossFloor.fraction)
      let routes: CloseOutRoutes
      do {
        routes = try learner.fit(fold.train, of: data).routes
      } catch .insufficientEvidence {
        continue
      } catch {
        throw TrainingFailure.closeOut("\(error)")
      }
      folds += 1
      for row in data.known(among: fold.test) {
        forecasts.append(
          loss: data.dataset.closeOutLosses[row], day: data.dataset.times[row].day,
          values: data.matrix.row(row).span, group: data.groups[row], routes: routes)
      }
    }
    if forecasts.losses.isEmpty { throw TrainingFailure.closeOut("no walk-forward fold has losses enough before it") }
    return (forecasts, folds)
  }
}
