public import Markets

/// What a tool against procyclicality made of a tier's requirement.
public struct AntiProcyclicalityEffect: Hashable, Sendable {
  /// A tool, by its letter in Article 28 (1) of Regulation 153/2013.
  public enum Tool: String, CaseIterable, Hashable, Sendable {
    /// (a), the buffer that stress uses up.
    case buffer
    /// (b), the weight of stressed times.
    case stressedWeight = "stressed weight"
    /// (c), the floor at the margin of the longest history.
    case longestHistoryFloor = "longest-history floor"
  }

  /// The tool.
  public let tool: Tool
  /// The requirement that it left.
  public let after: MarginFraction
}

/// Why the tools against procyclicality left or raised a requirement.
public enum AntiProcyclicalityReason: Hashable, Sendable, CustomStringConvertible {
  /// No tool is switched on.
  case off
  /// The tools cannot be applied without the quantiles of the past.
  case notApplied(EvidenceGap)
  /// Each tool in use, in the order in which they were applied.
  case applied([AntiProcyclicalityEffect])

  /// The reason in words.
  public var description: String {
    switch self {
    case .off: "no tool against procyclicality is switched on"
    case .notApplied(let gap): "\(gap): the tools against procyclicality could not be applied"
    case .applied(let effects):
      effects.map { "\($0.tool.rawValue): \(ReasonText.percent($0.after))" }.joined(separator: ", ")
    }
  }
}

/// Step 2: asks for more in calm times so that stress has to add less; never for less than the requirement before it.
///
/// The stressed weight changes what is calculated, the buffer comes on top of what is calculated, and the floor is last.
/// H is the requirement from all past close-out losses and S the one from stressed times, both in the tiers' form:
///
///     weighted = max(r, (1 − w) r + w S)
///     buffered = r + share · min(r, H (m − r / H)⁺ / (m − 1))
///     floored  = max(r, H)
///
/// The buffer is `share · r` up to H, falls linearly from there and is used up at m H. Each of the three never falls in
/// r, H or S, so tiers stay in order.
struct AntiProcyclicalityRule: MarginRule {
  let settings: AntiProcyclicalitySettings

  var step: ControlStep { .antiProcyclicality }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    if settings == .off { return margins.map { Ruling($0, .antiProcyclicality(.off)) } }
    let requirement: ConditionalRequirement
    switch context.conditional {
    case .unknown(let gap): return margins.map { Ruling($0, .antiProcyclicality(.notApplied(gap))) }
    case .known(let known): requirement = known
    }
    let historical = past(requirement, context) { $0.historicalLoss }
    let stressed = past(requirement, context) { $0.stressedLoss }
    return margins.indices.map { tier in
      let effects = effects(on: margins[tier], historical: historical[tier], stressed: stressed[tier])
      return Ruling(effects.last?.after ?? margins[tier], .antiProcyclicality(.applied(effects)))
    }
  }

  /// The tiers' rates that cover a loss quantile of the past.
  private func past(
    _ requirement: ConditionalRequirement, _ context: RuleContext, _ loss: (CloseOutEvidence.Rung) -> Double
  ) -> [MarginFraction] {
    context.rates(
      covering: { requirement.continued(loss, at: $0) }, largestKnown: requirement.evidence.largestNotional)
  }

  private func effects(
    on margin: MarginFraction, historical: MarginFraction, stressed: MarginFraction
  ) -> [AntiProcyclicalityEffect] {
    var effects: [AntiProcyclicalityEffect] = []
    func apply(_ tool: AntiProcyclicalityEffect.Tool, _ change: (Double) -> Double) {
      let before = effects.last?.after ?? margin
      let changed = MarginFraction(roundingUp: min(1, max(0, change(before.fraction)))) ?? .full
      effects.append(AntiProcyclicalityEffect(tool: tool, after: max(before, changed)))
    }
    if let weight = settings.stressedWeight {
      apply(.stressedWeight) { (1 - weight) * $0 + weight * stressed.fraction }
    }
    if let buffer = settings.buffer {
      apply(.buffer) { $0 + buffer.amount(on: $0, longestHistory: historical.fraction) }
    }
    if settings.longestHistoryFloor == .on { apply(.longestHistoryFloor) { _ in historical.fraction } }
    return effects
  }
}

extension MarginBuffer {
  /// The buffer on a requirement, given that of the longest history; both as fractions of notional.
  func amount(on requirement: Double, longestHistory: Double) -> Double {
    let left = (exhaustedAt * longestHistory - requirement) / (exhaustedAt - 1)
    return share * min(requirement, max(0, left))
  }
}
