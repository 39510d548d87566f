#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probability 1 / (1 + e^−z) of log-odds z, without overflow for any z.
public func sigmoid(_ logOdds: Double) -> Double {
  let decay = exp(-abs(logOdds))
  return (logOdds < 0 ? decay : 1) / (1 + decay)
}

/// The log-odds ln(p / (1 − p)) of a probability; infinite at 0 and 1, NaN outside [0, 1].
public func logit(_ probability: Double) -> Double {
  log(probability) - log1p(-probability)
}

/// The negative log-likelihood of a yes-or-no outcome under log-odds z: ln(1 + e^z) − y z.
///
/// Every function is exact to rounding for any finite z: nothing overflows, and small probabilities keep their digits.
public enum LogLoss {
  /// The loss, zero or more, in nats.
  public static func value(logOdds: Double, outcome: Bool) -> Double {
    terms(logOdds: logOdds, outcome: outcome).value
  }

  /// The derivative of the loss by the log-odds: p − y.
  public static func gradient(logOdds: Double, outcome: Bool) -> Double {
    terms(logOdds: logOdds, outcome: outcome).gradient
  }

  /// The second derivative of the loss by the log-odds: p (1 − p), whatever the outcome.
  public static func hessian(logOdds: Double) -> Double {
    terms(logOdds: logOdds, outcome: true).hessian
  }

  /// The loss with both derivatives.
  public struct Terms: Sendable {
    /// The loss.
    public let value: Double
    /// Its derivative by the log-odds.
    public let gradient: Double
    /// Its second derivative by the log-odds.
    public let hessian: Double
  }

  /// The loss with both derivatives, for the price of one exponential and one logarithm.
  public static func terms(logOdds: Double, outcome: Bool) -> Terms {
    // With s = z for a positive outcome and −z for a negative one, the loss is ln(1 + e^−s).
    let support = outcome ? logOdds : -logOdds
    let decay = exp(-abs(support))
    let normaliser = 1 / (1 + decay)
    let miss = (support < 0 ? 1 : decay) * normaliser
    return Terms(
      value: log1p(decay) + max(-support, 0), gradient: outcome ? -miss : miss,
      hessian: decay * normaliser * normaliser)
  }
}
