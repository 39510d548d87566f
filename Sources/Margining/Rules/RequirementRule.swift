public import Markets

/// How the raw requirement came about.
public indirect enum RequirementReason: Hashable, Sendable, CustomStringConvertible {
  /// The scheduled margin times the multiplier of the score.
  case scaled(scheduled: MarginFraction, score: Score, multiplier: Double)
  /// What closing out a position of the tier's reference notional costs given the book of now.
  case conditional(RequirementComponents)
  /// The conditional form could not be used, and what stands in for it.
  case withoutEvidence(EvidenceGap, RequirementReason)
  /// The conditional form cannot be used any more, since when it could be, and which margin holds.
  case evidenceEnded(EvidenceGap, age: TimeSpan, by: HeldMargin)
  /// No recent score: the largest of the margin in force, the floor and the fallback.
  case held(ScoreReading, by: HeldMargin)
  /// The recommendation was not renewed in time: the largest of the margin in force, the floor and the fallback.
  case lapsed(by: HeldMargin)

  /// The margin that holds without a score.
  public enum HeldMargin: String, Hashable, Sendable {
    case inForce = "the margin in force"
    case floor = "the floor"
    case fallback = "the fallback margin"
  }

  /// Whether nothing recent is known, so that the margin may not fall.
  public var isHold: Bool {
    switch self {
    case .held, .evidenceEnded, .lapsed: true
    case .withoutEvidence(_, let reason): reason.isHold
    case .scaled, .conditional: false
    }
  }

  /// The reason in words.
  public var description: String {
    switch self {
    case .scaled(let scheduled, let score, let multiplier):
      "\(score.bound == .conservative ? "conservative " : "")probability \(ReasonText.percent(score.probability)) asks for "
        + "\(ReasonText.multiple(multiplier)) the scheduled \(ReasonText.percent(scheduled))"
    case .conditional(let components): components.description
    case .evidenceEnded(let gap, let age, let held): "\(gap), for \(ReasonText.span(age)): \(held.rawValue) holds"
    case .withoutEvidence(let gap, let reason): "\(gap): \(reason)"
    case .held(.stale(let age), let held): "the score is \(ReasonText.span(age)) old: \(held.rawValue) holds"
    case .held(_, let held): "no score: \(held.rawValue) holds"
    case .lapsed(let held): "not renewed in time: \(held.rawValue) holds"
    }
  }
}

/// Step 1: what a position needs by itself, before anything slows or limits the change.
///
/// In the probability form the scheduled margin times the multiplier of the score; without a recent score
/// `max(in force, floor, fallback)`. In the conditional form the smallest rates of the venue's tiers that reach the
/// conditional requirement at every tier's reference notional. The probability form stands in until there has been evidence;
/// later the margin in force holds while evidence is missing, and `max(in force, floor, fallback)` once it is stale.
struct RequirementRule: MarginRule {
  let form: RequirementForm
  let curve: MultiplierCurve
  let noScore: NoScoreSettings
  let bounds: MarginBounds

  var step: ControlStep { .requirement }

  private var hold: MarginHold { MarginHold(noScore: noScore, bounds: bounds) }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    let reasoned =
      switch (form, context.conditional) {
      case (.probability, _): byProbability(context)
      case (.conditional, .known(let requirement)): conditional(requirement, context, &memory)
      case (.conditional, .unknown(let gap)): withoutEvidence(gap, context, memory)
      }
    return reasoned.map { Ruling($0.margin, .requirement($0.reason)) }
  }

  private typealias Reasoned = (margin: MarginFraction, reason: RequirementReason)

  private func conditional(
    _ requirement: ConditionalRequirement, _ context: RuleContext, _ memory: inout RuleMemory
  ) -> [Reasoned] {
    memory.latestEvidence = context.request.time
    let notionals = context.schedule.referenceNotionals(largestKnown: requirement.evidence.largestNotional)
    let components = notionals.map(requirement.components)
    let rates = context.schedule.rates(covering: components.map(\.required), at: notionals)
    return zip(rates, components).map { ($0, .conditional($1)) }
  }

  private func withoutEvidence(_ gap: EvidenceGap, _ context: RuleContext, _ memory: RuleMemory) -> [Reasoned] {
    guard let latest = memory.latestEvidence else {
      return byProbability(context).map { ($0.margin, .withoutEvidence(gap, $0.reason)) }
    }
    let age = context.request.time - latest
    return zip(context.inForce.margins, context.scheduled).map { inForce, scheduled in
      let (margin, source) = age < noScore.staleAfter ? (inForce, .inForce) : hold.largest(inForce, scheduled)
      return (margin, .evidenceEnded(gap, age: age, by: source))
    }
  }

  private func byProbability(_ context: RuleContext) -> [Reasoned] {
    guard let score = context.reading.current else {
      return zip(context.inForce.margins, context.scheduled).map { held($0, $1, context.reading) }
    }
    let multiplier = curve.multiplier(for: score.probability)
    return context.scheduled.map { scheduled in
      (
        scheduled.scaled(by: multiplier),
        .scaled(scheduled: scheduled, score: score, multiplier: multiplier)
      )
    }
  }

  private func held(_ inForce: MarginFraction, _ scheduled: MarginFraction, _ reading: ScoreReading) -> Reasoned {
    let (margin, source) = hold.largest(inForce, scheduled)
    return (margin, .held(reading, by: source))
  }
}
