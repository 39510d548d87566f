internal import Boosting
internal import Configuration
internal import Features
internal import ModelStore

/// Grows trees on training rows as a configuration says.
struct BoostedLearner {
  private let settings: TrainingConfiguration.Boosting
  private let constraints: [MonotoneConstraint]
  private let threads: Int

  /// Creates the learner of the rows' inputs; the number of threads never changes the trees.
  init(_ settings: TrainingConfiguration.Boosting, inputs: ModelInputs, schema: FeatureSchema, threads: Int) {
    self.settings = settings
    self.threads = threads
    constraints = Self.constraints(settings, inputs: inputs, schema: schema)
  }

  /// The constraint of each input.
  static func constraints(
    _ settings: TrainingConfiguration.Boosting, inputs: ModelInputs, schema: FeatureSchema
  ) -> [MonotoneConstraint] {
    // A log depth keeps its direction when the log threshold is subtracted from it.
    inputs.columns.map { column in
      switch settings.monotone {
      case .none: .none
      case .catalogue: MonotoneConstraint(schema.definitions[column.position].direction)
      }
    }
  }

  /// The trees of some rows, with how they came about.
  ///
  /// Where growing may end early, the number of rounds is found on the last rows in time and the trees are then grown on
  /// all of them.
  func fit(_ fitted: [Int], of rows: TrainingRows) throws -> (model: BoostedClassifier, record: BoostingTraining) {
    var learner = settings.learner
    learner.patience = nil
    let found = try earlyStop(fitted, of: rows)
    // Even when no tree lowers the loss of the watched rows, a model needs one.
    if let found { learner.rounds = max(1, found.rounds) }
    let fit = try grow(learner, fitted, of: rows)
    let record = BoostingTraining(
      configuration: settings.learner, constraints: constraints, fit: fit, stopping: found?.stop)
    return (BoostedClassifier(fit.ensemble), record)
  }

  private func earlyStop(
    _ fitted: [Int], of rows: TrainingRows
  ) throws -> (rounds: Int, stop: BoostingTraining.EarlyStop)? {
    guard let stopping = settings.earlyStopping,
      let slice = StoppingSlice(of: fitted, in: rows, share: stopping.share)
    else { return nil }
    let report = try grow(settings.learner, slice.fitted, of: rows, watching: slice.watched).report
    guard let loss = report.stoppingLosses.min() else { return nil }
    let stop = BoostingTraining.EarlyStop(
      fittedRows: slice.fitted.count, watchedRows: slice.watched.count,
      watchedPositives: rows.positiveCount(among: slice.watched), grownRounds: report.stoppingLosses.count, loss: loss)
    return (report.rounds, stop)
  }

  private func grow(
    _ learner: BoostingConfiguration, _ fitted: [Int], of rows: TrainingRows, watching watched: [Int]? = nil
  ) throws -> BoostedFit {
    do {
      return try GradientBoosting(learner, constraints: constraints).fit(
        BoostingExamples(rows.examples(of: fitted)), stopping: watched.map { BoostingExamples(rows.examples(of: $0)) },
        threads: threads)
    } catch {
      throw TrainingFailure.fit("boosting: \(error)")
    }
  }
}

extension MonotoneConstraint {
  fileprivate init(_ direction: MonotoneDirection) {
    switch direction {
    case .none: self = .none
    case .increasing: self = .increasing
    case .decreasing: self = .decreasing
    }
  }
}
