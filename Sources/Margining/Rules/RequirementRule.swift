public import Markets

/// How the raw requirement came about.
public enum RequirementReason: Hashable, Sendable, CustomStringConvertible {
  /// The scheduled margin times the multiplier of the score.
  case scaled(scheduled: MarginFraction, probability: Probability, multiplier: Double)
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
    case .scaled(let scheduled, let probability, let multiplier):
      "probability \(ReasonText.percent(probability)) asks for \(ReasonText.multiple(multiplier)) the scheduled "
        + ReasonText.percent(scheduled)
    case .held(.stale(let age), let held): "the score is \(ReasonText.span(age)) old: \(held.rawValue) holds"
    case .held(_, let held): "no score: \(held.rawValue) holds"
    }
  }
}

/// Step 1: the scheduled margin times the multiplier of the score; without a recent score
/// `max(in force, floor, fallback)`.
struct RequirementRule: MarginRule {
  let curve: MultiplierCurve
  let noScore: NoScoreSettings
  let bounds: MarginBounds

  var step: ControlStep { .requirement }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    guard let score = context.reading.current else {
      return zip(context.inForce.margins, context.scheduled).map { held($0, $1, context.reading) }
    }
    let multiplier = curve.multiplier(for: score.probability)
    return context.scheduled.map { scheduled in
      Ruling(
        curve.scaled(scheduled, by: multiplier),
        .requirement(.scaled(scheduled: scheduled, probability: score.probability, multiplier: multiplier)))
    }
  }

  private func held(_ inForce: MarginFraction, _ scheduled: MarginFraction, _ reading: ScoreReading) -> Ruling {
    let fallback = curve.scaled(scheduled, by: noScore.fallbackMultiplier)
    let largest = max(inForce, bounds.floor, fallback)
    let source: RequirementReason.HeldMargin =
      largest == inForce ? .inForce : largest == fallback ? .fallback : .floor
    return Ruling(largest, .requirement(.held(reading, by: source)))
  }
}
