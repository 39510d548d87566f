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

extension TinyModel {
  static func record(_ family: ModelFamily) throws -> TrainingRecord {
    let rates = ReferenceRates(overall: ByPopulation(onset: 0.05, state: 0.1))
    return TrainingRecord(
      from: try #require(Timestamp("2025-01-01T00:00:00Z")), to: try #require(Timestamp("2025-10-01T00:00:00Z")),
      files: [FileDigest(name: "SIM-ETH.jsonl", byteCount: 1_234, sha256: String(repeating: "ab", count: 32))],
      snapshots: 1_000, rows: 1_800, positives: 90, censored: 200, rates: rates, linearAlgebraProvider: "by hand",
      families: families(family), linear: family == .boosting ? nil : try linear(),
      boosting: family == .logistic ? nil : try boosting(), blend: family == .blend ? blend : nil,
      walkForward: try evaluation(rates),
      gate: GateDecision(bestBaseline: "currentDepth", skill: 0.0375, minimumSkill: 0.01))
  }

  private static func families(_ picked: ModelFamily) -> FamilyComparison {
    let losses: [(ModelFamily, [Double])] = [
      (.logistic, [0.2025, 0.2275]), (.boosting, [0.25, 0.1875]), (.blend, [0.1875, 0.21875]),
    ]
    let scores = losses.map { FamilyScore(family: $0, foldLosses: $1, foldRows: [500, 500]) }
    return FamilyComparison(
      scores: picked == .blend ? scores : scores.filter { $0.family == picked }, rows: 1_000, positives: 45,
      picked: picked, margin: picked == .blend ? 0.01 : nil)
  }

  private static func linear() throws -> LinearTraining {
    LinearTraining(
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
        """))
  }

  private static func boosting() throws -> BoostingTraining {
    try decode(
      BoostingTraining.self,
      """
      {"configuration":{"rounds":60,"learningRate":0.05,"leaves":4,"bins":63,"minimumRows":200,"minimumHessian":2,
      "minimumGain":0.5,"l1":0,"l2":10,"rowShare":0.8,"columnShare":0.5,"seed":1,"patience":5},
      "constraints":[-1,1],"rounds":2,
      "stopping":{"fittedRows":1400,"watchedRows":360,"watchedPositives":18,"grownRounds":7,"loss":0.1875},
      "losses":[{"round":1,"loss":0.1875},{"round":2,"loss":0.15625}],
      "importances":[{"name":"depth_100bp","gainShare":0.85,"splits":2},
      {"name":"realised_volatility_1h","gainShare":0.15,"splits":1}]}
      """)
  }

  private static var blend: BlendTraining {
    BlendTraining(
      boostedWeight: 0.25,
      search: [
        BlendTraining.WeightScore(boostedWeight: 0, logLoss: 0.215),
        BlendTraining.WeightScore(boostedWeight: 0.25, logLoss: 0.203125),
        BlendTraining.WeightScore(boostedWeight: 1, logLoss: 0.21875),
      ],
      judgedWeights: [0.5, 0.25])
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
