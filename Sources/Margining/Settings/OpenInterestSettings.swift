public import Markets

/// How the initial margin rises with a market's open interest, and how much of that there is.
public struct OpenInterestSettings: Hashable, Sendable {
  /// The open interest from which the initial margin rises, as a multiple of the persistent depth; at least 0.
  public let lower: Double
  /// The open interest from which the whole notional is asked for, as a multiple of the persistent depth; above `lower`.
  public let upper: Double
  /// Open interest in quote currency by market; a market that is not here is not scaled.
  public let known: [MarketName: Double]

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range, markets in name order.
  public init(lower: Double, upper: Double, known: [MarketName: Double]) throws(MarginingFault) {
    try require(lower, atLeast: 0, .openInterestLower)
    guard upper > lower, upper.isFinite else {
      throw MarginingFault(.openInterestUpper, upper, .notAboveSetting(.openInterestLower, lower))
    }
    for (market, notional) in known.sorted(by: { $0.key < $1.key }) {
      try require(notional, atLeast: 0, .openInterestKnown(market))
    }
    self.lower = lower
    self.upper = upper
    self.known = known
  }
}
