public import Markets

/// A setting of a margin policy or schedule, named as in the policy file.
public enum MarginParameter: Hashable, Sendable {
  case target, tailIndex, maximumMultiplier
  case raiseAbove, releaseBelow, confirmations, coolDown
  case rateUp, rateDown
  case deadBand
  case floor, cap
  case staleAfter, fallbackMultiplier
  case expiry
  case overrideReason, overrideExpiry
  case historyShare, stressedShare, spreadDeviations, noticeMultiple
  case concentrationCoefficient, concentrationDepthShare, concentrationRefill, concentrationFrom
  case bufferShare, bufferExhaustedAt, stressedWeight
  case openInterestLower, openInterestUpper
  /// The open interest of a market.
  case openInterestKnown(MarketName)
  case guardShare, guardGlide, guardSteps
  case injectionCover, injectionWithin, injectionCost, injectionMarginCost
  case tiers, maintenanceShare
  /// The lower bound of the tier with this number, 1 for the first.
  case tierBound(Int)
  /// The maintenance margin of the tier with this number, 1 for the first.
  case tierMaintenance(Int)

  /// The setting's path inside its section of the policy file, such as `hysteresis.releaseBelow`.
  public var path: String {
    switch self {
    case .target: "multiplier.target"
    case .tailIndex: "multiplier.tailIndex"
    case .maximumMultiplier: "multiplier.maximum"
    case .raiseAbove: "hysteresis.raiseAbove"
    case .releaseBelow: "hysteresis.releaseBelow"
    case .confirmations: "hysteresis.confirmations"
    case .coolDown: "hysteresis.coolDown"
    case .rateUp: "rateLimits.up"
    case .rateDown: "rateLimits.down"
    case .deadBand: "deadBand"
    case .floor: "bounds.floor"
    case .cap: "bounds.cap"
    case .staleAfter: "noScore.staleAfter"
    case .fallbackMultiplier: "noScore.fallbackMultiplier"
    case .expiry: "expiry"
    case .overrideReason: "emergencyOverride.reason"
    case .overrideExpiry: "emergencyOverride.expires"
    case .historyShare: "conditional.historyShare"
    case .stressedShare: "conditional.stressedShare"
    case .spreadDeviations: "conditional.spreadDeviations"
    case .noticeMultiple: "conditional.noticeMultiple"
    case .concentrationCoefficient: "conditional.concentration.coefficient"
    case .concentrationDepthShare: "conditional.concentration.depthShare"
    case .concentrationRefill: "conditional.concentration.refill"
    case .concentrationFrom: "conditional.concentration.from"
    case .bufferShare: "antiProcyclicality.buffer.share"
    case .bufferExhaustedAt: "antiProcyclicality.buffer.exhaustedAt"
    case .stressedWeight: "antiProcyclicality.stressedWeight"
    case .openInterestLower: "openInterest.lower"
    case .openInterestUpper: "openInterest.upper"
    case .openInterestKnown(let market): "openInterest.known.\(market)"
    case .guardShare: "guard.share"
    case .guardGlide: "guard.glide"
    case .guardSteps: "guard.steps"
    case .injectionCover: "injection.cover"
    case .injectionWithin: "injection.within"
    case .injectionCost: "injection.costPerDay"
    case .injectionMarginCost: "injection.marginCostPerDay"
    case .tiers: "tiers"
    case .maintenanceShare: "maintenanceShare"
    case .tierBound(let number): "tiers.\(number).notional"
    case .tierMaintenance(let number): "tiers.\(number).maintenance"
    }
  }
}

/// Why a margin setting is refused: which one, and what is wrong with its value.
public struct MarginingFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What a value does not satisfy.
  public enum Violation: Hashable, Sendable {
    /// The value must be a number above the limit.
    case notAbove(Double)
    /// The value must be a number that is at least the limit.
    case below(Double)
    /// The value must be a number from the first to the second limit, both included.
    case notWithin(Double, Double)
    /// The value must be above the one of another setting.
    case notAboveSetting(MarginParameter, Double)
    /// The value may not be below a multiple of another setting; the second number is that limit.
    case belowSetting(MarginParameter, times: Double = 1, limit: Double)
    /// The value may not be above a multiple of another setting; the second number is that limit.
    case aboveSetting(MarginParameter, times: Double, limit: Double)
    /// The first tier must start at a notional of zero.
    case firstTierNotAtZero
    /// A text or list must not be empty.
    case empty
    /// An override must expire after it starts.
    case expiresBeforeStart
    /// A schedule needs as many rates as tiers.
    case countDiffers(expected: Int)
  }

  /// Which schedule a setting belongs to.
  public enum Schedule: Hashable, Sendable {
    /// The schedule of one market.
    case market(MarketName)
    /// The schedule of every market that has none of its own.
    case general
  }

  /// The setting at fault.
  public let parameter: MarginParameter
  /// The schedule at fault; nil where the fault names none: a setting of the policy, or a schedule judged by itself.
  public let schedule: Schedule?
  /// The value refused, in the setting's unit; nil where the setting is not a number.
  public let value: Double?
  /// What the value does not satisfy.
  public let violation: Violation

  /// The setting's path in the policy file, such as `markets.ETHUSDT.tiers.1.notional`.
  public var path: String {
    switch schedule {
    case .market(let market): "markets.\(market).\(parameter.path)"
    case .general: "default.\(parameter.path)"
    case nil: parameter.path
    }
  }

  /// What is wrong, in words, without the setting's name.
  public var reason: String {
    let given = value.map { ", is \($0)" } ?? ""
    switch violation {
    case .notAbove(let limit): return "must be above \(limit)\(given)"
    case .below(let limit): return "must be at least \(limit)\(given)"
    case .notWithin(let low, let high): return "must be from \(low) to \(high)\(given)"
    case .notAboveSetting(let other, let limit): return "must be above \(other.path) (\(limit))\(given)"
    case .belowSetting(let other, let times, let limit):
      return "must not be below \(Self.bound(other, times, limit))\(given)"
    case .aboveSetting(let other, let times, let limit):
      return "must not be above \(Self.bound(other, times, limit))\(given)"
    case .firstTierNotAtZero: return "the first tier must start at a notional of 0\(given)"
    case .empty: return "must not be empty"
    case .expiresBeforeStart: return "must be later than the start of the override"
    case .countDiffers(let expected): return "needs \(expected) rates\(given)"
    }
  }

  private static func bound(_ other: MarginParameter, _ times: Double, _ limit: Double) -> String {
    times == 1 ? "\(other.path) (\(limit))" : "\(times) × \(other.path) (\(limit))"
  }

  /// The fault as `setting: reason`.
  public var description: String { "\(path): \(reason)" }

  init(_ parameter: MarginParameter, _ violation: Violation) {
    self.parameter = parameter
    self.schedule = nil
    self.value = nil
    self.violation = violation
  }

  init(_ parameter: MarginParameter, of schedule: Schedule? = nil, _ value: Double, _ violation: Violation) {
    self.parameter = parameter
    self.schedule = schedule
    self.value = value
    self.violation = violation
  }
}

/// Throws when a value is not a finite number above `limit`.
func require(_ value: Double, above limit: Double, _ parameter: MarginParameter) throws(MarginingFault) {
  guard value > limit, value.isFinite else { throw MarginingFault(parameter, value, .notAbove(limit)) }
}

/// Throws when a value is not a finite number from `limit` on.
func require(_ value: Double, atLeast limit: Double, _ parameter: MarginParameter) throws(MarginingFault) {
  guard value >= limit, value.isFinite else { throw MarginingFault(parameter, value, .below(limit)) }
}

/// Throws when a value is not a number within a range.
func require(
  _ value: Double, within range: ClosedRange<Double>, _ parameter: MarginParameter
) throws(MarginingFault) {
  guard range.contains(value) else {
    throw MarginingFault(parameter, value, .notWithin(range.lowerBound, range.upperBound))
  }
}
