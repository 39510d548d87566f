/// How much better one scorer is than another on the same rows and the same resamples of their days.
///
/// Pairing removes what both share, so these intervals are narrower than a comparison of two separate intervals.
public struct PairedDifference: Hashable, Sendable, Codable {
  /// Average precision of the model less that of the baseline.
  public let averagePrecision: Estimate
  /// ROC area of the model less that of the baseline.
  public let rocArea: Estimate
  /// Brier skill of the model less that of the baseline.
  public let brierSkill: Estimate
  /// Mean log loss of the model less that of the baseline, in nats per row; below zero, the model is better.
  public let logLoss: Estimate
  /// One minus the model's mean log loss over the baseline's; above zero, the model is better.
  public let logLossSkill: Estimate

  /// Compares two scorers on the same rows.
  ///
  /// Throws when the two are about different numbers of rows or different outcomes or days.
  public init(
    model: ScoredRows, baseline: ScoredRows, referenceRate: Double, bootstrap: DayBlockBootstrap
  ) throws(EvaluationFault) {
    guard model.outcomes == baseline.outcomes, model.days == baseline.days else {
      throw .countMismatch(scorer: "the baseline", rows: model.count, predictions: baseline.count)
    }
    try referenceRate.checkIsRate()
    let days = DayIndex(model.days)
    let samples = [model, baseline].map { ScorerSample($0, days: days, referenceRate: referenceRate) }
    let replicates = Replicates.of(samples, dayCount: days.days.count, bootstrap: bootstrap)
    self.init(model: replicates[0], baseline: replicates[1])
  }

  init(model: Replicates, baseline: Replicates) {
    func difference(_ metric: Metric) -> Estimate {
      model.estimate(with: baseline) { $0[metric] - $1[metric] }
    }
    averagePrecision = difference(.averagePrecision)
    rocArea = difference(.rocArea)
    brierSkill = difference(.brierSkill)
    logLoss = difference(.logLoss)
    logLossSkill = model.estimate(with: baseline) { $1.logLoss > 0 ? 1 - $0.logLoss / $1.logLoss : .nan }
  }
}

extension Double {
  /// Throws unless the number is a rate from 0 to 1.
  func checkIsRate() throws(EvaluationFault) {
    if !(self >= 0 && self <= 1) { throw .invalidReferenceRate(self) }
  }
}
