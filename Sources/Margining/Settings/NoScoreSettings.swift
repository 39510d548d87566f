public import Markets

/// What holds while nothing recent is known about a market.
public struct NoScoreSettings: Hashable, Sendable {
  /// The age from which on a score is no score, and the silence after which confirmations start again; above zero.
  public let staleAfter: TimeSpan
  /// The fallback margin as a multiple of the scheduled one, from 1 to 1,000.
  public let fallbackMultiplier: Double

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range.
  public init(staleAfter: TimeSpan = .hours(1), fallbackMultiplier: Double = 1) throws(MarginingFault) {
    try require(staleAfter.seconds, above: 0, .staleAfter)
    try require(fallbackMultiplier, within: 1...1_000, .fallbackMultiplier)
    self.staleAfter = staleAfter
    self.fallbackMultiplier = fallbackMultiplier
  }
}
