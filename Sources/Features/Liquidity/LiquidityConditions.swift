public import Markets

/// How easily positions in one market could be closed of late.
public struct LiquidityConditions: Hashable, Sendable {
  /// The mean of the quoted spread over the window, as a fraction of the mid; a crossed book counts as zero.
  public let meanSpread: Double
  /// The sample standard deviation of the quoted spread over the window, as a fraction of the mid.
  public let spreadDeviation: Double
  /// The standard deviation of the mid's log return over the horizon.
  public let volatility: Double
  /// The least depth within the band around each book's own mid over the window of persistence, in quote currency.
  public let persistentDepth: BySide<Double>
}
