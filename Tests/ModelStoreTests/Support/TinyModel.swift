import Boosting
import Features
import Foundation
import Labels
import Learning
import LinearModels
import MarketData
import Markets
import ModelStore
import Testing
import Validation

/// A model of two columns and one market, put together by hand and never trained.
enum TinyModel {
  static let market = "SIM-ETH"

  /// Few features, so that the stored form stays small.
  static func features() throws -> FeatureConfiguration {
    try FeatureConfiguration(
      bands: [BasisPoints(100)], mainBand: BasisPoints(100), sweepNotionals: [100_000], windows: [.hours(1)],
      families: [.depth, .volatility])
  }

  static func stored(
    name: String = "tiny", card: String = "# A card\n", family: ModelFamily = .logistic
  ) throws -> StoredModel {
    StoredModel(artefact: try artefact(name: name, family: family), card: card, configuration: "name: \(name)\n")
  }

  static func artefact(name: String = "tiny", family: ModelFamily = .logistic) throws -> ModelArtefact {
    let market = try #require(MarketName(market))
    let features = try features()
    let schema = FeatureSchema(configuration: features)
    let inputs = try #require(ModelInputs(names: ["depth_100bp", "realised_volatility_1h"], schema: schema, floor: -2))
    let depth = try #require(ModelInputs(names: ["depth_100bp"], schema: schema, floor: -2))
    return ModelArtefact(
      name: name, provenance: .simulated,
      task: try ShortfallTask(
        band: BasisPoints(100), horizon: .hours(2), latency: .zero, occupancy: .anySnapshot,
        threshold: .relativeToMedian(0.4)),
      thresholds: DepthThresholds([market: BySide(sell: 100_000, buy: 120_000)]), features: features, schema: schema,
      groups: LiquidationSide.allCases.map { ModelGroup(market: market, side: $0) }, inputs: inputs,
      classifier: try classifier(family, inputs.names), calibrator: .identity,
      baselines: [
        NamedBaseline(name: "climatology", baseline: .climatology((0..<24).map { Double($0) / 100 })),
        NamedBaseline(name: "persistence", baseline: .persistence(StateRates(onset: 0.02, inShortfall: 0.6))),
        NamedBaseline(
          name: "currentDepth",
          baseline: .logistic(
            inputs: depth, classifier: try classifier(depth.names, coefficients: [-2], intercept: -1))),
      ],
      origin: .trained(try record(family)))
  }

  /// A classifier of any family over two columns; the blend leans on the trees by a quarter.
  static func classifier(_ family: ModelFamily, _ names: [String]) throws -> ShortfallClassifier {
    let linear = try classifier(names, coefficients: [-1.5, 0.25], intercept: -3)
    let boosted = try trees(names)
    return switch family {
    case .logistic: .linear(linear)
    case .boosting: .boosted(boosted)
    case .blend:
      .blend(try #require(BlendedClassifier(linear: linear, boosted: boosted, boostedWeight: 0.25)))
    }
  }

  /// Two trees over two columns: one asks the first at −0.5, the other asks both.
  static func trees(_ names: [String]) throws -> BoostedClassifier {
    let first = RegressionTree(
      splits: [
        RegressionTree.Split(
          column: 0, threshold: -0.5, missing: .left, left: ~0, right: ~1, gain: 30, value: 0, rows: 1_800, hessian: 90)
      ],
      leaves: [
        RegressionTree.Leaf(value: 1.5, rows: 200, hessian: 40),
        RegressionTree.Leaf(value: -0.5, rows: 1_600, hessian: 50),
      ])
    let second = RegressionTree(
      splits: [
        RegressionTree.Split(
          column: 1, threshold: 0.25, missing: .right, left: ~0, right: 1, gain: 6, value: 0, rows: 1_800, hessian: 80),
        RegressionTree.Split(
          column: 0, threshold: 0.75, missing: .left, left: ~1, right: ~2, gain: 4, value: 0.25, rows: 600, hessian: 30),
      ],
      leaves: [
        RegressionTree.Leaf(value: -0.25, rows: 1_200, hessian: 50),
        RegressionTree.Leaf(value: 0.5, rows: 300, hessian: 20),
        RegressionTree.Leaf(value: 0.125, rows: 300, hessian: 10),
      ])
    return BoostedClassifier(
      try #require(TreeEnsemble(columnNames: names, base: -3, trees: [first, second].compactMap(\.self))))
  }

  /// Two medians per group, no centring and no scaling: the log-odds are `intercept + Σ coefficient · value`.
  static func classifier(_ names: [String], coefficients: [Double], intercept: Double) throws -> LinearClassifier {
    let terms = names.indices.map { "{\"column\":\($0),\"scale\":1,\"mean\":0}" }.joined(separator: ",")
    let medians = names.map { _ in "0.5,0.25,1" }.joined(separator: ",")
    return try decode(
      LinearClassifier.self,
      """
      {"design":{"configuration":{"centring":"none","scaling":"none","expansions":[]},
      "columnNames":[\(names.map { "\"\($0)\"" }.joined(separator: ","))],"groupCount":2,"medians":[\(medians)],
      "scales":[\(names.map { _ in "1" }.joined(separator: ","))],"terms":[\(terms)],"dropped":[]},
      "intercept":\(intercept),"coefficients":[\(coefficients.map { "\($0)" }.joined(separator: ","))]}
      """)
  }
}
