/// What a monitor says when its evidence of a change goes above its threshold.
public struct DriftSignal: Hashable, Sendable, Codable {
  /// Where the values went.
  public enum Direction: String, Hashable, Sendable, Codable {
    /// The mean rose.
    case rise
    /// The mean fell.
    case fall
    /// The distribution is another one, by a measure that knows no direction.
    case change
  }

  /// Where the values went.
  public let direction: Direction
  /// The evidence, in the monitor's own unit.
  public let statistic: Double
  /// What the evidence went above.
  public let threshold: Double

  /// Creates a signal.
  public init(direction: Direction, statistic: Double, threshold: Double) {
    self.direction = direction
    self.statistic = statistic
    self.threshold = threshold
  }
}
