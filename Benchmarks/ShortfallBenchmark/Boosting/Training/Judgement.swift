internal import Foundation
internal import Learning
internal import Validation

/// How log-odds fare on test rows.
struct Judgement {
  /// Mean log loss in nats a row.
  let logLoss: Double
  /// Average precision.
  let averagePrecision: Double
  private let rows: ScoredRows

  init(logOdds: [Double], outcomes: [Bool], days: [Int]) throws {
    guard logOdds.count == outcomes.count, logOdds.allSatisfy(\.isFinite) else {
      throw BenchmarkFailure.programsDisagree("a program did not give log-odds for each test row")
    }
    let losses = zip(logOdds, outcomes).map { LogLoss.value(logOdds: $0, outcome: $1) }
    logLoss = losses.reduce(0, +) / Double(max(1, losses.count))
    averagePrecision = RankAreas(scores: logOdds, outcomes: outcomes).averagePrecision ?? .nan
    rows = try ScoredRows(predictions: .probabilities(logOdds.map(sigmoid)), outcomes: outcomes, days: days)
  }

  /// This less the other, with intervals by resampling whole days of both alike.
  func difference(from other: Judgement) throws -> PairedDifference {
    let rate = Double(rows.outcomes.count { $0 }) / Double(max(1, rows.outcomes.count))
    return try PairedDifference(
      model: rows, baseline: other.rows, referenceRate: rate, bootstrap: DayBlockBootstrap(resamples: 200))
  }
}
