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

/// A new folder that is removed at the end.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "shortfall-store-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path())
}

func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(json.utf8))
}

/// A model of two columns and one market, put together by hand and never trained.
enum TinyModel {
  static let market = "SIM-ETH"

  /// Few features, so that the stored form stays small.
  static func features() throws -> FeatureConfiguration {
    try FeatureConfiguration(
      bands: [BasisPoints(100)], mainBand: BasisPoints(100), sweepNotionals: [100_000], windows: [.hours(1)],
      families: [.depth, .volatility])
  }

  static func stored(name: String = "tiny", card: String = "# A card\n") throws -> StoredModel {
    StoredModel(artefact: try artefact(name: name), card: card, configuration: "name: \(name)\n")
  }

  static func artefact(name: String = "tiny") throws -> ModelArtefact {
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
      classifier: try classifier(inputs.names, coefficients: [-1.5, 0.25], intercept: -3), calibrator: .identity,
      baselines: [
        NamedBaseline(name: "climatology", baseline: .climatology((0..<24).map { Double($0) / 100 })),
        NamedBaseline(name: "persistence", baseline: .persistence(StateRates(onset: 0.02, inShortfall: 0.6))),
        NamedBaseline(
          name: "currentDepth",
          baseline: .logistic(
            inputs: depth, classifier: try classifier(depth.names, coefficients: [-2], intercept: -1))),
      ],
      training: try record())
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

  private static func record() throws -> TrainingRecord {
    let rates = ReferenceRates(overall: ByPopulation(onset: 0.05, state: 0.1))
    return TrainingRecord(
      from: try #require(Timestamp("2025-01-01T00:00:00Z")), to: try #require(Timestamp("2025-10-01T00:00:00Z")),
      files: [FileDigest(name: "SIM-ETH.jsonl", byteCount: 1_234, sha256: String(repeating: "ab", count: 32))],
      snapshots: 1_000, rows: 1_800, positives: 90, censored: 200, rates: rates, linearAlgebraProvider: "by hand",
      search: [
        try decode(
          PenaltyScore.self,
          #"{"penalty":10,"meanLoss":0.215,"standardError":0.0125,"splitLosses":[0.2025,0.2275]}"#),
        try decode(PenaltyScore.self, #"{"penalty":1,"meanLoss":0.25,"splitLosses":[0.25]}"#),
      ],
      fit: try decode(
        FitReport.self,
        """
        {"rows":1800,"positives":90,"clusters":270,"method":"ridge","penalty":10,"iterations":6,"decrement":1e-20,
        "logLikelihood":-310.5,"penalizedLogLikelihood":-312.25,"reciprocalCondition":0.01,
        "separation":{"kind":"none","terms":[]},"coefficients":[
        {"name":"intercept","value":-3,"standardError":0.125,"clusteredStandardError":0.25,"z":-12},
        {"name":"depth_100bp","value":-1.5,"standardError":0.25,"clusteredStandardError":0.5,"z":-3},
        {"name":"realised_volatility_1h","value":0.25,"standardError":0.125}],
        "dropped":[{"name":"hour_sine","reason":"constant"}]}
        """),
      walkForward: try evaluation(rates),
      gate: GateDecision(bestBaseline: "currentDepth", skill: 0.0375, minimumSkill: 0.01))
  }

  /// An evaluation of sixteen days of hourly rows whose outcomes follow a fixed pattern.
  private static func evaluation(_ rates: ReferenceRates) throws -> EvaluationReport {
    let start = try #require(Timestamp("2025-03-01T00:00:00Z"))
    let market = try #require(MarketName(market))
    let numbers = 0..<(16 * 24)
    let rows = numbers.map { hour in
      EvaluationRow(
        market: market, side: .sell, time: start + .hours(Int64(hour)), outcome: hour % 17 == 3 ? nil : hour % 31 < 3,
        inShortfall: hour % 31 == 1)
    }
    return try Evaluation(
      rows: rows,
      model: Scorer(name: "model", predictions: .probabilities(numbers.map { 0.02 + 0.4 / Double(1 + $0 % 31) })),
      baselines: [
        Scorer(name: "currentDepth", predictions: .probabilities(numbers.map { 0.05 + 0.1 / Double(1 + $0 % 29) })),
        Scorer(name: "climatology", predictions: .probabilities(numbers.map { 0.05 + Double($0 % 24) / 500 })),
      ],
      referenceRates: rates,
      settings: EvaluationSettings(
        episodes: EpisodeDefinition(horizon: .hours(2)), provenance: .simulated,
        bootstrap: DayBlockBootstrap(resamples: 40, seed: 1))
    ).report()
  }
}
