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
    case .riseCut(let rate, let hours): "rise cut to \(rate.fraction) per hour over \(hours) h"
    case .fallCut(let rate, let hours): "fall cut to \(rate.fraction) per hour over \(hours) h"
    case .overridden(let decision): "rate limit lifted until \(decision.expiry): \(decision.reason)"
    }
  }
}

/// Step 4: in any window of W hours a margin rises by at most `up · W` and falls by at most `down · W`.
///
/// The window slides over what was in force, so silence earns no allowance: W is one hour, or, where the dead band of
/// the largest margin in force is more than one hour's allowance, the fewest hours whose allowance reaches it. With a
/// shorter window a slow limit and the dead band would block each other for ever.
struct RateLimitRule: MarginRule {
  let limits: RateLimits
  let deadBandPartsPerMillion: Int
  let emergencyOverride: EmergencyOverride?

  var step: ControlStep { .rateLimit }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    let inForce = context.inForce.margins
    let time = context.request.time
    let upHours = windowHours(limits.up, inForce)
    let downHours = windowHours(limits.down, inForce)
    let lowest = context.inForce.lowest(after: time - .hours(Int64(upHours)))
    let highest = context.inForce.highest(after: time - .hours(Int64(downHours)))
    let decision = emergencyOverride.flatMap { $0.isActive(at: time) ? $0 : nil }

    return margins.indices.map { tier in
      let wanted = margins[tier]
      let ceiling = max(inForce[tier], lowest[tier].raised(by: limits.up.partsPerMillion * upHours))
      let ground = min(inForce[tier], highest[tier].lowered(by: limits.down.partsPerMillion * downHours))
      if wanted > ceiling {
        if let decision { return Ruling(wanted, .rateLimit(.overridden(decision))) }
        return Ruling(ceiling, .rateLimit(.riseCut(perHour: limits.up, hours: upHours)))
      }
      if wanted < ground { return Ruling(ground, .rateLimit(.fallCut(perHour: limits.down, hours: downHours))) }
      return Ruling(wanted, .rateLimit(.within))
    }
  }

  private func windowHours(_ rate: MarginFraction, _ inForce: [MarginFraction]) -> Int {
    Self.windowHours(
      rate: rate, largestMargin: inForce.max() ?? .zero, deadBandPartsPerMillion: deadBandPartsPerMillion)
  }

  /// The fewest whole hours, at least 1, whose allowance reaches the dead band of the largest margin in force.
  static func windowHours(rate: MarginFraction, largestMargin: MarginFraction, deadBandPartsPerMillion: Int) -> Int {
    let band = deadBandPartsPerMillion * largestMargin.partsPerMillion
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
