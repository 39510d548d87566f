import Boosting
import Labels
import Learning
import LinearModels
import Markets
import ModelStore
import Testing
import Validation

/// The tiny model with quantiles of the loss of closing 100, at the levels 0.9 and 0.95.
enum LadderModel {
  static func stored(_ ladder: CloseOutLadder?, chosen: CloseOutRoute = .boosting) throws -> StoredModel {
    let tiny = try TinyModel.artefact()
    let task = try ShortfallTask(
      band: tiny.task.band, horizon: tiny.task.horizon, latency: .zero, occupancy: .anySnapshot,
      threshold: .relativeToMedian(0.4), closeOut: try CloseOut(notional: 100, maintenanceMargin: .full))
    let artefact = ModelArtefact(
      name: tiny.name, provenance: tiny.provenance, task: task, thresholds: tiny.thresholds, features: tiny.features,
      schema: tiny.schema, groups: tiny.groups, inputs: tiny.inputs, classifier: tiny.classifier,
      calibrator: tiny.calibrator, closeOut: try closeOut(ladder, chosen, inputs: tiny.inputs),
      baselines: tiny.baselines, origin: tiny.origin)
    return StoredModel(artefact: artefact, card: "# A card\n", configuration: "name: tiny\n")
  }

  private static func closeOut(
    _ ladder: CloseOutLadder?, _ chosen: CloseOutRoute, inputs: ModelInputs
  ) throws -> CloseOutModel {
    let examples = RegressionExamples(
      matrix: FeatureMatrix(rowCount: 4, columnCount: 2, values: [0, 0, 1, 1, 0, 1, 0, 1], columnNames: inputs.names),
      groups: [0, 0, 0, 0], targets: [0, 0, 2, 2])
    let corrections = try [0.9, 0.95].map { try #require(ConformalQuantile(level: $0, offset: 0, count: 500)) }
    let centres = GroupCentres(groups: [-5, -6], pooled: -5.5)
    return CloseOutModel(
      levels: [0.9, 0.95], lossFloor: 1e-4, inputs: inputs,
      routes: CloseOutRoutes(
        scale: CorrectedQuantiles(
          model: ConditionalScale(
            centres: centres, regressor: try RidgeRegression(design: .raw, penalty: 0).fit(examples).model,
            reach: ScaleReach(least: -1, greatest: 3),
            tail: StandardisedTail(logQuantiles: [1, 1.25], pareto: nil, refusal: "too few")),
          corrections: corrections),
        boosting: CorrectedQuantiles(
          model: BoostedQuantiles(
            centres: centres,
            ensembles: try [0.5, 1].map {
              try #require(TreeEnsemble(columnNames: inputs.names, base: $0, trees: []))
            }), corrections: corrections),
        unconditional: GroupQuantiles(groups: [[0.03, 0.04], []], pooled: [0.01, 0.02])),
      ladder: ladder,
      record: CloseOutRecord(
        rows: 900, fittedRows: 400, calibrationRows: 500, folds: 2,
        walkForward: CloseOutEvaluation(chosen: chosen, scores: [])))
  }
}
