internal import Boosting
internal import Configuration
internal import Datasets
internal import Features
internal import Foundation
internal import Learning
internal import Markets
internal import ModelStore
internal import Workflows

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Task K1's rows as the shipped recipe sees them: trained before a cut, judged from it on.
struct RecordedRisk {
  let train: TrainingExamples
  let test: TrainingExamples
  /// For each column, whether more of it means more risk, less risk, or neither.
  let constraints: [MonotoneConstraint]

  /// The instant that separates training from judging.
  static let cut = "2025-10-01"

  /// Reads the recording, labels it with thresholds of the time before the cut, and keeps the onset rows of known outcome.
  ///
  /// Training rows whose label reaches past the cut are left out, as in training.
  init(folder: String) throws {
    let recipe = packageFolder.appendingPathComponent("Models/kraken-k1.yaml")
    let configuration = try TrainingConfiguration(
      yaml: try String(contentsOf: recipe, encoding: .utf8), file: recipe.lastPathComponent)
    guard let cut = Timestamp(Self.cut) else { throw BenchmarkFailure.unknownFeatures }
    let dataset = try LabeledHistory(
      try Recording(paths: RecordedSet.files(in: folder), strictness: .stop), features: configuration.features,
      task: configuration.task, from: .distantPast, thresholds: .fitted
    ).dataset(thresholdsFittedBefore: cut)
    guard
      let inputs = ModelInputs(
        names: configuration.model.inputs, schema: dataset.schema, floor: configuration.model.relativeFloor)
    else { throw BenchmarkFailure.unknownFeatures }
    let later = dataset.onsetRows(among: dataset.rows(from: cut))
    let earlier = Purge.kept(
      dataset.onsetRows(among: dataset.rows(to: cut)), evaluating: Array(dataset.rows(from: cut)),
      in: dataset.labelIntervals)
    train = Self.examples(of: earlier, in: dataset, inputs: inputs)
    test = Self.examples(of: later, in: dataset, inputs: inputs)
    constraints = inputs.columns.map { column in
      switch dataset.schema.definitions[column.position].direction {
      case .none: .none
      case .increasing: .increasing
      case .decreasing: .decreasing
      }
    }
  }

  private static func examples(of rows: [Int], in dataset: Dataset, inputs: ModelInputs) -> TrainingExamples {
    let matrix = FeatureMatrix(
      rowCount: rows.count, columnCount: inputs.columns.count,
      values: inputs.columns.flatMap { column in
        rows.map { row in
          inputs.value(
            dataset.value(row: row, column: column.position), in: column, logThreshold: log(dataset.thresholds[row]))
        }
      }, columnNames: inputs.names)
    let (groups, days) = (dataset.groups, dataset.days)
    return TrainingExamples(
      matrix: matrix, groups: rows.map { groups[$0] }, outcomes: rows.map { dataset.events[$0] == true },
      clusters: rows.map { days[$0] })
  }
}
