/// A figure of a score card.
public enum Metric: String, CaseIterable, Hashable, Sendable, Codable {
  /// Area under the precision-recall curve by its step-wise sum.
  case averagePrecision
  /// Area under the receiver operating characteristic.
  case rocArea
  /// One minus the Brier score over that of the constant reference rate.
  case brierSkill
  /// Mean log loss in nats per row.
  case logLoss
  /// Intercept of the logistic regression of the outcome on the log-odds; 0 is calibrated.
  case calibrationIntercept
  /// Slope of that regression; 1 is calibrated, less is overconfident.
  case calibrationSlope
  /// Number of events over the sum of the probabilities; 1 is calibrated.
  case observedToExpected
}

/// One value for every metric; NaN where a metric is undefined.
struct MetricValues: Sendable {
  var averagePrecision = Double.nan
  var rocArea = Double.nan
  var brierSkill = Double.nan
  var logLoss = Double.nan
  var calibrationIntercept = Double.nan
  var calibrationSlope = Double.nan
  var observedToExpected = Double.nan

  subscript(metric: Metric) -> Double {
    switch metric {
    case .averagePrecision: averagePrecision
    case .rocArea: rocArea
    case .brierSkill: brierSkill
    case .logLoss: logLoss
    case .calibrationIntercept: calibrationIntercept
    case .calibrationSlope: calibrationSlope
    case .observedToExpected: observedToExpected
    }
  }
}
