internal import Labels
internal import Markets
internal import Validation

/// The settings under which every evaluation of a task is done, inside training and after it.
struct EvaluationRun {
  let task: ShortfallTask
  let provenance: Provenance
  let rates: ReferenceRates
  let bootstrap: DayBlockBootstrap

  /// Judges predictions of rows in time order.
  func report(
    _ rows: [EvaluationRow], model: [Double], baselines: [(name: String, probabilities: [Double])]
  ) throws -> EvaluationReport {
    do {
      return try Evaluation(
        rows: rows, model: Scorer(name: "model", predictions: .probabilities(model)),
        baselines: baselines.map { Scorer(name: $0.name, predictions: .probabilities($0.probabilities)) },
        referenceRates: rates,
        settings: EvaluationSettings(
          episodes: EpisodeDefinition(horizon: task.informationSpan), provenance: provenance, bootstrap: bootstrap)
      ).report()
    } catch {
      throw EvaluationFailure.unusable("\(error)")
    }
  }
}
