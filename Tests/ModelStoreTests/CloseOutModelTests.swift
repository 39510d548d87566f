import Boosting
import Foundation
import Learning
import LinearModels
import ModelStore
import Testing
import Validation

@Suite("A stored model of the close-out loss")
struct CloseOutModelTests {
  private let names = ["depth_100bp", "realised_volatility_1h"]

  private func ensemble(_ base: Double, _ columns: [String]) throws -> TreeEnsemble {
    try #require(TreeEnsemble(columnNames: columns, base: base, trees: []))
  }

  /// Levels 0.9 and 0.95 of two groups; the boosted quantiles cross, and so do the corrections of the scale.
  private func model(
    levels: [Double] = [0.9, 0.95], bases: [Double] = [1, 0.5], columns: [String]? = nil, tail: [Double] = [1, 1.25],
    pooled: [Double] = [0.01, 0.02], highest: Double = 3
  ) throws -> CloseOutModel {
    let artefact = try TinyModel.artefact()
    let columns = columns ?? names
    let examples = RegressionExamples(
      matrix: FeatureMatrix(rowCount: 4, columnCount: 2, values: [0, 0, 1, 1, 0, 1, 0, 1], columnNames: columns),
      groups: [0, 0, 0, 0], targets: [0, 0, 2, 2])
    let regressor = try RidgeRegression(design: .raw, penalty: 0).fit(examples).model
    let centres = GroupCentres(groups: [-5, -6], pooled: -5.5)
    func corrections(_ offsets: [Double]) throws -> [ConformalQuantile] {
      try zip(levels, offsets).map { try #require(ConformalQuantile(level: $0, offset: $1, count: 500)) }
    }
    return CloseOutModel(
      levels: levels, lossFloor: 1e-4, inputs: artefact.inputs,
      routes: CloseOutRoutes(
        scale: CorrectedQuantiles(
          model: ConditionalScale(
            centres: centres, regressor: regressor, reach: ScaleReach(least: -1, greatest: highest),
            tail: StandardisedTail(logQuantiles: tail, pareto: nil, refusal: "too few")),
          corrections: try corrections([0.5, 0])),
        boosting: CorrectedQuantiles(
          model: BoostedQuantiles(centres: centres, ensembles: try bases.map { try ensemble($0, columns) }),
          corrections: try corrections([0, 0.25])),
        unconditional: GroupQuantiles(groups: [[0.03, 0.04], []], pooled: pooled)),
      record: CloseOutRecord(
        rows: 900, fittedRows: 400, calibrationRows: 500, folds: 2,
        walkForward: CloseOutEvaluation(chosen: .boosting, scores: [])))
  }

  private func artefact(_ closeOut: CloseOutModel?) throws -> ModelArtefact {
    let tiny = try TinyModel.artefact()
    return ModelArtefact(
      name: tiny.name, provenance: tiny.provenance, task: tiny.task, thresholds: tiny.thresholds,
      features: tiny.features, schema: tiny.schema, groups: tiny.groups, inputs: tiny.inputs,
      classifier: tiny.classifier, calibrator: tiny.calibrator,
      interval: VennAbers(lowerScores: [0], lowerProbabilities: [0.1], upperScores: [1], upperProbabilities: [0.3]),
      closeOut: closeOut, baselines: tiny.baselines, origin: tiny.origin)
  }

  private func stored(_ closeOut: CloseOutModel?) throws -> StoredModel {
    StoredModel(artefact: try artefact(closeOut), card: "# A card\n", configuration: "name: tiny\n")
  }

  @Test("By hand: centre, scale, tail and correction add up, and no level is below a lower one")
  func quantiles() throws {
    let routes = try model().routes
    // Scale 2 · 1 of group 1 at −6: −6 + 2 + 1 + 0.5 at the lower level, −6 + 2 + 1.25 + 0 raised to it.
    let scale = routes.quantiles(of: [1, 0].span, group: 1, by: .scale)
    #expect(zip(scale, [exp(-2.5), exp(-2.5)]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    // Scale 2 · 4 is beyond the range of scales seen, which ends at 3: −6 + 3 + 1 + 0.5.
    let far = routes.quantiles(of: [4, 0].span, group: 1, by: .scale)
    #expect(abs(far[0] / exp(-1.5) - 1) < 1e-12)
    // The crossing bases 1 and ½ are put in order before each is corrected; an unknown group has the pooled centre.
    let boosted = routes.quantiles(of: [1, 0].span, group: 7, by: .boosting)
    #expect(zip(boosted, [exp(-5), exp(-4.25)]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    #expect(routes.quantiles(of: [1, 0].span, group: 0, by: .unconditional) == [0.03, 0.04])
    #expect(routes.quantiles(of: [1, 0].span, group: 1, by: .unconditional) == [0.01, 0.02])
  }

  @Test("The empirical quantile is the smallest loss that the level's share does not exceed")
  func empirical() {
    let losses = (1...10).map(Double.init)
    let quantiles = GroupQuantiles(
      of: losses, groups: losses.map { $0 <= 4 ? 0 : 1 }, groupCount: 3, levels: [0.5, 0.95])
    #expect(quantiles[0] == [2, 4])
    #expect(quantiles[1] == [7, 10])
    #expect(quantiles[2] == [5, 10] && quantiles.pooled == [5, 10])
  }

  @Test("It comes back from its files unchanged, beside the interval")
  func roundTrip() throws {
    let stored = try stored(model())
    let loaded = try withTemporaryFolder { folder in
      try StoredModel.load(try ModelRepository(directory: folder).save(stored)).artefact
    }
    #expect(loaded.interval == stored.artefact.interval)
    let (one, other) = (try #require(loaded.closeOut), try #require(stored.artefact.closeOut))
    #expect(try StableJSON.text(of: one) == StableJSON.text(of: other))
    #expect(one.chosen == .boosting)
  }

  @Test("Parts that do not fit together are refused when the model is loaded")
  func inconsistency() throws {
    let broken = [
      try model(levels: [0.95, 0.9]), try model(bases: [1]), try model(columns: ["depth_100bp", "spread"]),
      try model(tail: [1]), try model(tail: [2, 1]), try model(pooled: [0.01]), try model(highest: -2),
    ]
    for closeOut in broken {
      try withTemporaryFolder { folder in
        let path = try ModelRepository(directory: folder).save(try stored(closeOut))
        #expect(throws: StoreFailure.self) { try StoredModel.load(path) }
      }
    }
  }
}
