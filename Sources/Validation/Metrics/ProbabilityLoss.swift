#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Losses of a single probability, and the log-odds that calibration works on.
public enum ProbabilityLoss {
  /// Probabilities are moved to at least this far from 0 and 1 before a logarithm is taken.
  public static let clamp = 1e-15

  /// The log loss −ln p of an event that happened, or −ln(1 − p) of one that did not; at most 34.54.
  public static func logarithmic(_ probability: Double, _ outcome: Bool) -> Double {
    outcome ? -log(max(probability, clamp)) : -log1p(-min(probability, 1 - clamp))
  }

  /// The Brier loss (p − y)², 0 to 1.
  public static func quadratic(_ probability: Double, _ outcome: Bool) -> Double {
    let error = probability - (outcome ? 1 : 0)
    return error * error
  }

  /// The log-odds ln(p / (1 − p)), within ±34.54.
  public static func logOdds(_ probability: Double) -> Double {
    let bounded = min(max(probability, clamp), 1 - clamp)
    return log(bounded) - log1p(-bounded)
  }
}
