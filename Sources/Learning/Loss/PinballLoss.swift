/// The pinball loss of a quantile: in expectation it is least where a share `level` of the outcomes lies below.
///
/// A level is above 0 and below 1. NaN, "undefined", in a prediction or a target gives a loss of NaN.
/// Source: R. Koenker and G. Bassett, "Regression quantiles" (1978), doi:10.2307/1913643.
public enum PinballLoss {
  /// The loss, zero or more, in the target's unit: max(τ (y − q), (τ − 1)(y − q)) for level τ, target y, prediction q.
  @inlinable
  public static func value(prediction: Double, target: Double, level: Double) -> Double {
    let excess = target - prediction
    return excess > 0 ? level * excess : (level - 1) * excess
  }

  /// A derivative of the loss by the prediction: −τ where the target lies above it, 1 − τ elsewhere.
  ///
  /// At equality, where there is a corner, it is the derivative from above. A NaN counts as "not above".
  @inlinable
  public static func gradient(prediction: Double, target: Double, level: Double) -> Double {
    target > prediction ? -level : 1 - level
  }
}
