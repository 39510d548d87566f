#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A series that tells whether a model still fits, with mean zero as long as it does.
public enum MonitoredSeries: String, Hashable, Sendable, Codable, CaseIterable {
  /// The log loss less what the probability itself expects: it rises when the model is surprised.
  case logLossExcess
  /// The outcome less its probability, in standard deviations of an outcome of that probability.
  case calibrationResidual
  /// Whether the close-out loss went beyond its bound, 1 or 0, less the share of misses aimed at.
  case missExcess
  /// The log-odds of the probabilities themselves, of which no outcome need be known. Their mean is not zero.
  case logOdds

  /// Variances p(1 − p) below this count as this, so that one event of a hopeless row cannot stand for all.
  public static let leastVariance = 1e-3

  /// −ln of the probability given to what happened, less its expectation when the probability is right.
  ///
  /// It equals (p − y) · ln(p / (1 − p)). Log-odds are kept within ±34.54; NaN for a probability outside 0 to 1.
  public static func logLossExcess(_ probability: Double, _ outcome: Bool) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    return (probability - (outcome ? 1 : 0)) * ProbabilityLoss.logOdds(probability)
  }

  /// (y − p) / √(p (1 − p)), the variance bounded below by `leastVariance`; NaN for a probability outside 0 to 1.
  public static func calibrationResidual(_ probability: Double, _ outcome: Bool) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    let variance = max(probability * (1 - probability), leastVariance)
    return ((outcome ? 1 : 0) - probability) / variance.squareRoot()
  }

  /// 1 or 0 for a miss, less the share of misses aimed at.
  public static func missExcess(missed: Bool, target: Double) -> Double { (missed ? 1 : 0) - target }

  /// The log-odds, within ±34.54; NaN for a probability outside 0 to 1.
  public static func logOdds(_ probability: Double) -> Double {
    probability >= 0 && probability <= 1 ? ProbabilityLoss.logOdds(probability) : .nan
  }
}
