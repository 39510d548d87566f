public import Markets

/// Every setting of the policy that turns probabilities of shortfall into margins.
public struct ProbabilityPolicy: Hashable, Sendable {
  /// How a probability becomes a multiple of the scheduled margin.
  public let curve: MultiplierCurve
  /// When a changed requirement is believed.
  public let hysteresis: HysteresisSettings
  /// How fast margin may move.
  public let rateLimits: RateLimits
  /// The smallest change worth a notice, as a share of the margin in force; from 0 to 0.5.
  public let deadBand: Double
  /// The limits that no margin leaves.
  public let bounds: MarginBounds
  /// What holds while nothing recent is known.
  public let noScore: NoScoreSettings
  /// A decision to let margin rise faster for a while, if there is one.
  public let emergencyOverride: EmergencyOverride?

  /// Creates a policy.
  ///
  /// - Throws: when the dead band is outside 0 to 0.5, or `raiseAbove` is below the target: a confirmed raise would
  ///   then ask for nothing.
  public init(
    curve: MultiplierCurve, hysteresis: HysteresisSettings, rateLimits: RateLimits, deadBand: Double = 0.05,
    bounds: MarginBounds, noScore: NoScoreSettings, emergencyOverride: EmergencyOverride? = nil
  ) throws(MarginingFault) {
    try require(deadBand, within: 0...0.5, .deadBand)
    guard hysteresis.raiseAbove >= curve.target else {
      throw MarginingFault(.raiseAbove, hysteresis.raiseAbove.value, .belowSetting(.target, curve.target.value))
    }
    self.curve = curve
    self.hysteresis = hysteresis
    self.rateLimits = rateLimits
    self.deadBand = deadBand
    self.bounds = bounds
    self.noScore = noScore
    self.emergencyOverride = emergencyOverride
  }

  /// The multiplier of a probability, `clip((p / p*)^ξ, 1, maximum)`.
  public func multiplier(for probability: Probability) -> Double { curve.multiplier(for: probability) }

  /// The dead band in parts per million of the margin in force.
  var deadBandPartsPerMillion: Int { Int((deadBand * 1e6).rounded()) }
}
