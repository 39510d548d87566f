internal import Configuration
internal import Markets

/// A recording read for learning: the labelled window, and its rows as the learners see them.
struct TrainingWindow {
  let history: LabeledHistory
  let rows: TrainingRows
  /// The first and the last snapshot inside the window.
  let period: (first: Timestamp, last: Timestamp)

  /// Reads and labels the window from an instant, included, and says what it holds; nil means from the first snapshot.
  init(_ recording: Recording, configuration: TrainingConfiguration, from: Timestamp?, talk: any Talk) throws {
    history = try LabeledHistory(
      recording, features: configuration.features, task: configuration.task, from: from ?? .distantPast,
      thresholds: .fitted, notionals: configuration.closeOutQuantile?.notionals ?? [])
    guard let period = history.period else { throw TrainingFailure.noSnapshots }
    self.period = period
    if !history.unknownMarkets.isEmpty {
      let names = history.unknownMarkets.map(\.text).joined(separator: ", ")
      talk.step("not trained on, because the task gives them no threshold: \(names)")
    }
    rows = try TrainingRows(history.dataset, configuration: configuration)
    talk.step(
      "\(rows.fitted.count) training rows, \(rows.positiveCount) positive, \(rows.censoredCount) censored of \(history.snapshotCount) snapshots"
    )
  }
}
