public import Markets

/// When a changed requirement is believed: quickly upwards, slowly downwards.
public struct HysteresisSettings: Hashable, Sendable {
  /// Margin may rise only after scores above this probability, p_in.
  public let raiseAbove: Probability
  /// Margin may fall only while scores are below this probability, p_out; at most half of `raiseAbove`.
  public let releaseBelow: Probability
  /// How many scores in a row must be above `raiseAbove`; at least 1.
  public let confirmations: Int
  /// How long scores must have stayed below `releaseBelow` without a break; above zero.
  public let coolDown: TimeSpan

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range.
  public init(
    raiseAbove: Probability, releaseBelow: Probability, confirmations: Int = 2, coolDown: TimeSpan = .hours(6)
  ) throws(MarginingFault) {
    try require(raiseAbove.value, above: 0, .raiseAbove)
    try require(releaseBelow.value, above: 0, .releaseBelow)
    guard releaseBelow.value <= raiseAbove.value / 2 else {
      throw MarginingFault(
        .releaseBelow, releaseBelow.value, .aboveSetting(.raiseAbove, times: 0.5, limit: raiseAbove.value / 2))
    }
    try require(Double(confirmations), within: 1...1_000, .confirmations)
    try require(coolDown.seconds, above: 0, .coolDown)
    self.raiseAbove = raiseAbove
    self.releaseBelow = releaseBelow
    self.confirmations = confirmations
    self.coolDown = coolDown
  }
}
