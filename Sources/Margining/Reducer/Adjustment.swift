public import Markets

/// A step of the control chain.
public enum ControlStep: String, CaseIterable, Hashable, Sendable, Codable {
  case requirement
  case antiProcyclicality = "anti-procyclicality"
  case hysteresis
  case rateLimit = "rate-limit"
  case deadBand = "dead-band"
  case clamp
  case feedbackGuard = "feedback-guard"
}

/// Why a step of the control chain left or changed a margin.
public enum AdjustmentReason: Hashable, Sendable, CustomStringConvertible {
  case requirement(RequirementReason)
  case antiProcyclicality(AntiProcyclicalityReason)
  case hysteresis(HysteresisReason)
  case rateLimit(RateLimitReason)
  case deadBand(DeadBandReason)
  case clamp(ClampReason)
  case feedbackGuard(FeedbackGuardReason)

  /// The reason in words.
  public var description: String {
    switch self {
    case .requirement(let reason): reason.description
    case .antiProcyclicality(let reason): reason.description
    case .hysteresis(let reason): reason.description
    case .rateLimit(let reason): reason.description
    case .deadBand(let reason): reason.description
    case .clamp(let reason): reason.description
    case .feedbackGuard(let reason): reason.description
    }
  }
}

/// What one step of the control chain did to one tier's margin.
public struct Adjustment: Hashable, Sendable {
  /// The step.
  public let step: ControlStep
  /// The margin before the step.
  public let before: MarginFraction
  /// The margin after it.
  public let after: MarginFraction
  /// Why.
  public let reason: AdjustmentReason

  /// Whether the step changed the margin.
  public var isChange: Bool { before != after }
}
