public import Markets

/// Every setting of a margin policy.
public struct MarginPolicySettings: Hashable, Sendable {
  /// What the raw requirement is made of.
  public let form: RequirementForm
  /// How a probability becomes a multiple of the scheduled margin; its target is the ε of the conditional form too.
  public let curve: MultiplierCurve
  /// How the conditional form is put together.
  public let conditional: ConditionalSettings
  /// The tools against procyclicality that are switched on.
  public let antiProcyclicality: AntiProcyclicalitySettings
  /// When a changed requirement is believed.
  public let hysteresis: HysteresisSettings
  /// How fast margin may move.
  public let rateLimits: RateLimits
  /// The smallest change worth a notice, as a share of the margin in force; from 0 to 0.5.
  public let deadBand: Double
  /// The limits that no margin leaves.
  public let bounds: MarginBounds
  /// How the initial margin rises with open interest; nil when it does not.
  public let openInterest: OpenInterestSettings?
  /// How much of a raise existing positions get at once.
  public let feedbackGuard: FeedbackGuardSettings
  /// What adding depth costs; nil when that is not known.
  public let injection: InjectionSettings?
  /// What holds while nothing recent is known.
  public let noScore: NoScoreSettings
  /// How long a recommendation holds unless it is renewed; at least twice `noScore.staleAfter`.
  public let expiry: TimeSpan
  /// A decision to let margin rise faster for a while, if there is one.
  public let emergencyOverride: EmergencyOverride?

  /// Creates the settings.
  ///
  /// - Parameter expiry: twice `noScore.staleAfter` when nil.
  /// - Throws: when the dead band is outside 0 to 0.5, `raiseAbove` is below the target (a confirmed raise would then ask
  ///   for nothing), or a recommendation would expire while books still come often enough to be fresh.
  public init(
    form: RequirementForm = .probability, curve: MultiplierCurve, conditional: ConditionalSettings = .standard,
    antiProcyclicality: AntiProcyclicalitySettings = .off, hysteresis: HysteresisSettings, rateLimits: RateLimits,
    deadBand: Double = 0.05, bounds: MarginBounds, openInterest: OpenInterestSettings? = nil,
    feedbackGuard: FeedbackGuardSettings = .standard, injection: InjectionSettings? = nil, noScore: NoScoreSettings,
    expiry: TimeSpan? = nil, emergencyOverride: EmergencyOverride? = nil
  ) throws(MarginingFault) {
    try require(deadBand, within: 0...0.5, .deadBand)
    guard hysteresis.raiseAbove >= curve.target else {
      throw MarginingFault(.raiseAbove, hysteresis.raiseAbove.value, .belowSetting(.target, limit: curve.target.value))
    }
    let shortest = noScore.staleAfter + noScore.staleAfter
    if let expiry, expiry < shortest {
      throw MarginingFault(.expiry, expiry.seconds, .belowSetting(.staleAfter, times: 2, limit: shortest.seconds))
    }
    self.form = form
    self.curve = curve
    self.conditional = conditional
    self.antiProcyclicality = antiProcyclicality
    self.hysteresis = hysteresis
    self.rateLimits = rateLimits
    self.deadBand = deadBand
    self.bounds = bounds
    self.openInterest = openInterest
    self.feedbackGuard = feedbackGuard
    self.injection = injection
    self.noScore = noScore
    self.expiry = expiry ?? shortest
    self.emergencyOverride = emergencyOverride
  }

  /// The multiplier of a probability, `clip((p / p*)^ξ, 1, maximum)`.
  public func multiplier(for probability: Probability) -> Double { curve.multiplier(for: probability) }

  /// The dead band in parts per million of the margin in force.
  var deadBandPartsPerMillion: Int { Int((deadBand * 1e6).rounded()) }
}
