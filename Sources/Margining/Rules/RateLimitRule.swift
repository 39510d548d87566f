public import Markets

/// Why a rate limit let a margin through or cut its move.
public enum RateLimitReason: Hashable, Sendable, CustomStringConvertible {
  /// The move is within the limits.
  case within
  /// The rise was cut to the limit per hour, counted over so many hours.
  case riseCut(perHour: MarginFraction, hours: Int)
  /// The fall was cut to the limit per hour, counted over so many hours.
  case fallCut(perHour: MarginFraction, hours: Int)
  /// The rise exceeds the limit under an emergency override.
  case overridden(EmergencyOverride)

  /// The reason in words.
  public var description: String {
    switch self {
    case .within: "within the rate limits"
    case .riseCut(let rate, let hours): "rise cut to \(ReasonText.percent(rate)) per hour over \(hours) h"
    case .fallCut(let rate, let hours): "fall cut to \(ReasonText.percent(rate)) per hour over \(hours) h"
    case .overridden(let decision): "rate limit lifted until \(decision.expiry): \(decision.reason)"
    }
  }
}

/// Step 4: in any window of W hours a margin rises by at most `up · W` and falls by at most `down · W`.
///
/// The window slides over what was in force, so silence earns no allowance. W is one hour, or, where the dead band of
/// the margin in force is more than one hour's allowance, the fewest hours whose allowance reaches it: with a shorter
/// window a slow limit and the dead band would block each other for ever. Tiers have windows of their own, so a limit
/// may only be tightened, never widened, to keep the tiers in order.
struct RateLimitRule: MarginRule {
  let limits: RateLimits
  let deadBandPartsPerMillion: Int
  let emergencyOverride: EmergencyOverride?

  var step: ControlStep { .rateLimit }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    let time = context.request.time
    let ceilings = ceilings(context.inForce, at: time)
    let grounds = grounds(context.inForce, at: time)
    let decision = emergencyOverride.flatMap { $0.isActive(at: time) ? $0 : nil }

    return margins.indices.map { tier in
      let wanted = margins[tier]
      if wanted > ceilings[tier].margin {
        if let decision { return Ruling(wanted, .rateLimit(.overridden(decision))) }
        return Ruling(
          ceilings[tier].margin, .rateLimit(.riseCut(perHour: limits.up, hours: ceilings[tier].hours)))
      }
      if wanted < grounds[tier].margin {
        return Ruling(
          grounds[tier].margin, .rateLimit(.fallCut(perHour: limits.down, hours: grounds[tier].hours)))
      }
      return Ruling(wanted, .rateLimit(.within))
    }
  }

  private typealias Limit = (margin: MarginFraction, hours: Int)

  /// The largest margin that each tier may rise to: never above a larger tier's, never below what is in force.
  private func ceilings(_ inForce: MarginsInForce, at time: Timestamp) -> [Limit] {
    var limits = inForce.margins.enumerated().map { tier, now in
      let hours = windowHours(self.limits.up, now)
      let lowest = inForce.lowest(ofTier: tier, after: time - .hours(Int64(hours)))
      return Limit(max(now, lowest.raised(by: self.limits.up.partsPerMillion * hours)), hours)
    }
    for tier in limits.indices.dropLast().reversed() where limits[tier + 1].margin < limits[tier].margin {
      limits[tier] = limits[tier + 1]
    }
    return limits
  }

  /// The smallest margin that each tier may fall to: never below a smaller tier's, never above what is in force.
  private func grounds(_ inForce: MarginsInForce, at time: Timestamp) -> [Limit] {
    var limits = inForce.margins.enumerated().map { tier, now in
      let hours = windowHours(self.limits.down, now)
      let highest = inForce.highest(ofTier: tier, after: time - .hours(Int64(hours)))
      return Limit(min(now, highest.lowered(by: self.limits.down.partsPerMillion * hours)), hours)
    }
    for tier in limits.indices.dropFirst() where limits[tier - 1].margin > limits[tier].margin {
      limits[tier] = limits[tier - 1]
    }
    return limits
  }

  private func windowHours(_ rate: MarginFraction, _ margin: MarginFraction) -> Int {
    Self.windowHours(rate: rate, margin: margin, deadBandPartsPerMillion: deadBandPartsPerMillion)
  }

  /// The fewest whole hours, at least 1, whose allowance reaches the dead band of a margin in force.
  static func windowHours(rate: MarginFraction, margin: MarginFraction, deadBandPartsPerMillion: Int) -> Int {
    let band = deadBandPartsPerMillion * margin.partsPerMillion
    let allowance = max(1, rate.partsPerMillion) * 1_000_000
    return max(1, (band + allowance - 1) / allowance)
  }
}

extension MarginFraction {
  /// The margin plus parts per million, at most the whole notional.
  fileprivate func raised(by parts: Int) -> MarginFraction {
    MarginFraction(partsPerMillion: partsPerMillion + parts) ?? .full
  }

  /// The margin less parts per million, at least nothing.
  fileprivate func lowered(by parts: Int) -> MarginFraction {
    MarginFraction(partsPerMillion: partsPerMillion - parts) ?? .zero
  }
}
