/// What was forecast of a loss's upper tail, and the loss that followed.
public struct TailForecast: Hashable, Sendable {
  /// The quantile that the loss exceeds with the promised miss rate, above zero.
  public let quantile: Double
  /// The mean loss beyond the quantile, above it.
  public let expectedShortfall: Double
  /// The loss that followed, in the same unit.
  public let loss: Double

  /// Creates a forecast; nil unless all is finite and `0 < quantile < expectedShortfall`.
  public init?(quantile: Double, expectedShortfall: Double, loss: Double) {
    guard quantile > 0, expectedShortfall > quantile, expectedShortfall.isFinite, loss.isFinite else { return nil }
    self.quantile = quantile
    self.expectedShortfall = expectedShortfall
    self.loss = loss
  }

  /// Whether the loss lies above the quantile.
  var isHit: Bool { loss > quantile }
}
