public import Markets

/// How fast margin in force may move.
public struct RateLimits: Hashable, Sendable {
  /// The largest rise, in margin (a fraction of notional) per hour; above zero.
  public let up: MarginFraction
  /// The largest fall, in margin (a fraction of notional) per hour; above zero, at most `up`.
  public let down: MarginFraction

  /// Creates limits.
  ///
  /// - Throws: when a limit is zero, or margin may fall faster than it rises.
  public init(up: MarginFraction, down: MarginFraction) throws(MarginingFault) {
    try require(up.fraction, above: 0, .rateUp)
    try require(down.fraction, above: 0, .rateDown)
    guard down <= up else {
      throw MarginingFault(.rateDown, down.fraction, .aboveSetting(.rateUp, times: 1, limit: up.fraction))
    }
    self.up = up
    self.down = down
  }
}
