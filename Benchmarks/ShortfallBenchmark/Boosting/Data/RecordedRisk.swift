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

  /// Reads the recording up to the cut, as training does, and whole, as evaluation does, and keeps onset rows of known outcome.
  ///
  /// Both are labelled with the thresholds of the time before the cut.
  init(folder: String) throws {
    let recipe = packageFolder.appendingPathComponent("Models/kraken-k1.yaml")
    let configuration = try TrainingConfiguration(
      yaml: try String(contentsOf: recipe, encoding: .utf8), file: recipe.lastPathComponent)
    guard let cut = Timestamp(Self.cut) else { throw BenchmarkFailure.unknownFeatures }
    let history = { (end: Timestamp) in
      try LabeledHistory(
        try Recording(paths: RecordedSet.files(in: folder), strictness: .stop, to: end),
        features: configuration.features, task: configuration.task, from: .distantPast, thresholds: .fitted)
    }
    let earlier = try history(cut).dataset
    let whole = try history(.distantFuture).dataset(thresholdsFittedBefore: cut)
    guard
      let inputs = ModelInputs(
        names: configuration.model.inputs, schema: earlier.schema, floor: configuration.model.relativeFloor)
    else { throw BenchmarkFailure.unknownFeatures }
    train = Self.examples(of: earlier.onsetRows(among: earlier.rows()), in: earlier, inputs: inputs)
    test = Self.examples(of: whole.onsetRows(among: whole.rows(from: cut)), in: whole, inputs: inputs)
    constraints = inputs.columns.map { column in
      switch earlier.schema.definitions[column.position].direction {
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
