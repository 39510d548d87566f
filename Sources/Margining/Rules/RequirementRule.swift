public import Markets

/// How the raw requirement came about.
public indirect enum RequirementReason: Hashable, Sendable, CustomStringConvertible {
  /// The scheduled margin times the multiplier of the score.
  case scaled(scheduled: MarginFraction, score: Score, multiplier: Double)
  /// What closing out a position of the tier's reference notional costs given the book of now.
  case conditional(RequirementComponents)
  /// The conditional form could not be used, and what stands in for it.
  case withoutEvidence(EvidenceGap, RequirementReason)
  /// The margin in force, above what this reason asks for.
  case kept(MarginFraction, above: RequirementReason)
  /// No recent score: the largest of the margin in force, the floor and the fallback.
  case held(ScoreReading, by: HeldMargin)

  /// The margin that holds without a score.
  public enum HeldMargin: String, Hashable, Sendable {
    case inForce = "the margin in force"
    case floor = "the floor"
    case fallback = "the fallback margin"
  }

  /// The reason in words.
  public var description: String {
    switch self {
    case .scaled(let scheduled, let score, let multiplier):
      "\(score.bound == .conservative ? "conservative " : "")probability \(ReasonText.percent(score.probability)) asks for "
        + "\(ReasonText.multiple(multiplier)) the scheduled \(ReasonText.percent(scheduled))"
    case .conditional(let components): components.description
    case .withoutEvidence(let gap, let reason): "\(gap): \(reason)"
    case .kept(let inForce, let reason): "the margin in force of \(ReasonText.percent(inForce)) holds; \(reason)"
    case .held(.stale(let age), let held): "the score is \(ReasonText.span(age)) old: \(held.rawValue) holds"
    case .held(_, let held): "no score: \(held.rawValue) holds"
    }
  }
}

/// Step 1: what a position needs by itself, before anything slows or limits the change.
///
/// In the probability form the scheduled margin times the multiplier of the score; without a recent score
/// `max(in force, floor, fallback)`. In the conditional form the smallest rates of the venue's tiers that reach the
/// conditional requirement at every tier's reference notional. Where evidence is missing, the larger of the margin in force
/// and what the probability form asks: a silence never lowers a margin.
struct RequirementRule: MarginRule {
  let form: RequirementForm
  let curve: MultiplierCurve
  let noScore: NoScoreSettings
  let bounds: MarginBounds

  var step: ControlStep { .requirement }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    let reasoned =
      switch (form, context.conditional) {
      case (.probability, _): byProbability(context)
      case (.conditional, .known(let requirement)): conditional(requirement, context)
      case (.conditional, .unknown(let gap)):
        zip(byProbability(context), context.inForce.margins).map { asked, inForce -> Reasoned in
          let reason = inForce > asked.margin ? RequirementReason.kept(inForce, above: asked.reason) : asked.reason
          return (max(inForce, asked.margin), RequirementReason.withoutEvidence(gap, reason))
        }
      }
    return reasoned.map { Ruling($0.margin, .requirement($0.reason)) }
  }

  private typealias Reasoned = (margin: MarginFraction, reason: RequirementReason)

  private func conditional(_ requirement: ConditionalRequirement, _ context: RuleContext) -> [Reasoned] {
    let notionals = context.schedule.referenceNotionals(largestKnown: requirement.evidence.largestNotional)
    let components = notionals.map(requirement.components)
    let rates = context.schedule.rates(covering: components.map(\.required), at: notionals)
    return zip(rates, components).map { ($0, .conditional($1)) }
  }

  private func byProbability(_ context: RuleContext) -> [Reasoned] {
    guard let score = context.reading.current else {
      return zip(context.inForce.margins, context.scheduled).map { held($0, $1, context.reading) }
    }
    let multiplier = curve.multiplier(for: score.probability)
    return context.scheduled.map { scheduled in
      (
        curve.scaled(scheduled, by: multiplier),
        .scaled(scheduled: scheduled, score: score, multiplier: multiplier)
      )
    }
  }

  private func held(_ inForce: MarginFraction, _ scheduled: MarginFraction, _ reading: ScoreReading) -> Reasoned {
    let fallback = curve.scaled(scheduled, by: noScore.fallbackMultiplier)
    let largest = max(inForce, bounds.floor, fallback)
    let source: RequirementReason.HeldMargin =
      largest == inForce ? .inForce : largest == fallback ? .fallback : .floor
    return (largest, .held(reading, by: source))
  }
}
