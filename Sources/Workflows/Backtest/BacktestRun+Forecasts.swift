internal import Configuration
internal import Labels
internal import Learning
internal import Markets
internal import ModelStore

extension BacktestRun {
  /// Recorded rows and what models said of them.
  struct SaidHistory {
    /// The model, or what was chosen before the first judged instant.
    let model: StoredModel
    let history: LabeledHistory
    let forecasts: SideForecasts
    /// The first judged instant.
    let judgedFrom: Timestamp
    /// The last instant that was read, if any.
    let lastBook: Timestamp?
    /// How the models were made.
    let training: String
  }

  /// Reads books and lets the forecaster speak of them.
  func saidHistory(
    from: Timestamp, to end: Timestamp, talk: any Talk, books: (_ end: Timestamp) throws -> Recording
  ) throws -> SaidHistory {
    switch forecaster {
    case .retrained(let configuration, let interval):
      try retrained(configuration, every: interval, from: from, to: end, talk: talk, books: books)
    case .stored(let model): try stored(model, from: from, to: end, talk: talk, books: books)
    }
  }

  private func retrained(
    _ configuration: TrainingConfiguration, every interval: TimeSpan, from: Timestamp, to end: Timestamp,
    talk: any Talk, books: (_ end: Timestamp) throws -> Recording
  ) throws -> SaidHistory {
    guard let settings = configuration.closeOutQuantile else { throw BacktestFailure.noCloseOutQuantile(scope.name) }
    talk.step("choices on the time before \(from)")
    let choices = try NightlyTraining(configuration).run(recording: try books(from), to: from, talk: talk)
    let whole = try books(end)
    let history = try LabeledHistory(
      whole, features: configuration.features, task: configuration.task, from: .distantPast, thresholds: .fitted,
      notionals: settings.notionals)
    talk.step("training every \(interval) from \(from) on")
    let forecasts = try NightlyForecasts(
      choices: choices.artefact, configuration: configuration, settings: settings, interval: interval
    ).said(of: history, from: from)
    let family = choices.artefact.classifier.family.rawValue
    return SaidHistory(
      model: choices, history: history, forecasts: forecasts, judgedFrom: from, lastBook: whole.lastInstant,
      training: "\(family), trained anew every \(interval) on everything before")
  }

  private func stored(
    _ model: StoredModel, from: Timestamp, to end: Timestamp, talk: any Talk,
    books: (_ end: Timestamp) throws -> Recording
  ) throws -> SaidHistory {
    let forecasts = try StoredForecasts(model.artefact)
    let judgedFrom = forecasts.judgedFrom(from)
    if judgedFrom > from {
      talk.step("\(model.artefact.name) learned from books before \(judgedFrom): judged from then on")
    }
    let whole = try books(end)
    let history = try forecasts.history(of: whole)
    let family = model.artefact.classifier.family.rawValue
    let origin = model.artefact.origin.training.map { "trained on books before \($0.to)" } ?? "imported"
    return SaidHistory(
      model: model, history: history, forecasts: forecasts.said(of: history, from: judgedFrom), judgedFrom: judgedFrom,
      lastBook: whole.lastInstant, training: "\(family), stored, \(origin)")
  }
}
