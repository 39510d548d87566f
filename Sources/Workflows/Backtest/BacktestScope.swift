internal import Configuration
internal import Labels
internal import ModelStore
internal import Validation

/// What is judged, whichever model speaks.
struct BacktestScope {
  /// The model's or configuration's name.
  let name: String
  /// What is predicted.
  let task: ShortfallTask
  /// The size of position that policies are compared on.
  let headlineNotional: Double
  /// The coverage aimed at: the highest level of the close-out quantiles.
  let target: Double
  /// What intervals are drawn with.
  let bootstrap: DayBlockBootstrap

  /// The scope of a forecaster.
  ///
  /// - Throws: `BacktestFailure.noCloseOutQuantile` for one without quantiles of the close-out loss.
  init(of forecaster: BacktestRun.Forecaster) throws(BacktestFailure) {
    switch forecaster {
    case .retrained(let configuration, _):
      try self.init(
        name: configuration.name, task: configuration.task, levels: configuration.closeOutQuantile?.levels,
        bootstrap: DayBlockBootstrap(
          resamples: configuration.validation.resamples, seed: configuration.validation.seed))
    case .stored(let model):
      let artefact = model.artefact
      try self.init(
        name: artefact.name, task: artefact.task, levels: artefact.closeOut?.levels,
        bootstrap: artefact.origin.training?.walkForward.bootstrap ?? DayBlockBootstrap())
    }
  }

  private init(
    name: String, task: ShortfallTask, levels: [Double]?, bootstrap: DayBlockBootstrap
  ) throws(BacktestFailure) {
    guard let closeOut = task.closeOut, let target = levels?.last else { throw .noCloseOutQuantile(name) }
    self.name = name
    self.task = task
    self.target = target
    self.bootstrap = bootstrap
    headlineNotional = closeOut.notional
  }
}
