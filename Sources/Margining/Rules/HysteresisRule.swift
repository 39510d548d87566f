public import Markets

/// Why hysteresis let a requirement through or held the margin in force.
public indirect enum HysteresisReason: Hashable, Sendable, CustomStringConvertible {
  /// Enough scores in a row were above the threshold: margin may rise.
  case raiseConfirmed(above: Probability, scores: Int)
  /// Too few scores in a row were above the threshold: margin may not rise.
  case raiseUnconfirmed(above: Probability, scores: Int, needed: Int)
  /// Scores have been below the release threshold for long enough: margin may fall.
  case released(below: Probability, calm: TimeSpan)
  /// Scores have not been below the release threshold for long enough: margin may not fall.
  case coolingDown(below: Probability, calm: TimeSpan, needed: TimeSpan)
  /// The requirement is what is in force.
  case unchanged
  /// No recent score, so nothing to judge: the requirement is already a hold.
  case notJudged
  /// The score was the probability that the wanted margins imply of those in force.
  case implied(Probability, HysteresisReason)

  /// The reason in words.
  public var description: String {
    switch self {
    case .raiseConfirmed(let threshold, let scores):
      "raise confirmed: \(scores) scores in a row above \(ReasonText.percent(threshold))"
    case .raiseUnconfirmed(let threshold, let scores, let needed):
      "raise not confirmed: \(scores) of \(needed) scores in a row above \(ReasonText.percent(threshold))"
    case .released(let threshold, let calm):
      "released: scores below \(ReasonText.percent(threshold)) for \(ReasonText.span(calm))"
    case .coolingDown(let threshold, let calm, let needed):
      "cooling down: scores below \(ReasonText.percent(threshold)) for \(ReasonText.span(calm)) of \(ReasonText.span(needed))"
    case .unchanged: "the requirement is what is in force"
    case .notJudged: "no recent score to judge by"
    case .implied(let probability, let reason):
      "margins in force imply a probability of \(ReasonText.percent(probability)): \(reason)"
    }
  }
}

/// The evidence that hysteresis has gathered for one market and side.
struct HysteresisMemory: Hashable, Sendable {
  /// How many scores in a row were above the raise threshold.
  var scoresAbove = 0
  /// The first score of the unbroken run below the release threshold.
  var calmSince: Timestamp?
  /// The latest score counted.
  var latestScore: Timestamp?
}

/// Step 3: lets margin rise only after confirmed high scores, and fall only after a long calm.
///
/// Where the requirement comes from the conditional form, the score is the probability that the wanted margins imply of
/// those in force, `ε · max over tiers (wanted / in force)^(1/ξ)`: the relation between multiplier and probability, read
/// backwards. One score stands for all tiers, so they never pass each other. Unknown is resolved towards protection: a
/// missing score breaks the calm but leaves confirmations, and a silence as long as a stale score's age breaks both.
struct HysteresisRule: MarginRule {
  let form: RequirementForm
  let curve: MultiplierCurve
  let settings: HysteresisSettings
  let silence: TimeSpan

  var step: ControlStep { .hysteresis }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    guard let judged = judgement(on: margins, in: context) else {
      memory.hysteresis.calmSince = nil
      return margins.map { Ruling($0, .hysteresis(.notJudged)) }
    }
    let score = judged.score
    let evidence = gather(score, into: memory.hysteresis)
    memory.hysteresis = evidence
    return zip(margins, context.inForce.margins).map { wanted, inForce in
      let reason = judge(wanted, inForce, evidence, at: score.time)
      let named = judged.isImplied ? HysteresisReason.implied(score.probability, reason) : reason
      return Ruling(reason.allowsChange ? wanted : inForce, .hysteresis(named))
    }
  }

  /// The score to judge by; nil when there is no recent one.
  private func judgement(
    on wanted: [MarginFraction], in context: RuleContext
  ) -> (score: Score, isImplied: Bool)? {
    guard form == .conditional, context.conditional.requirement != nil else {
      return context.reading.current.map { ($0, false) }
    }
    let ratio = zip(wanted, context.inForce.margins).map { wanted, inForce in
      Double(wanted.partsPerMillion) / Double(max(1, inForce.partsPerMillion))
    }.max()
    return (Score(probability: curve.impliedProbability(ofRatio: ratio ?? 1), time: context.evidenceTime), true)
  }

  /// The evidence after one more score; a second score of the same instant can only weaken it.
  private func gather(_ score: Score, into memory: HysteresisMemory) -> HysteresisMemory {
    var evidence = memory
    if let latest = memory.latestScore, score.time - latest >= silence {
      evidence.scoresAbove = 0
      evidence.calmSince = nil
    }
    if score.probability <= settings.raiseAbove {
      evidence.scoresAbove = 0
    } else if score.time != memory.latestScore {
      evidence.scoresAbove = min(settings.confirmations - 1, evidence.scoresAbove) + 1
    }
    evidence.calmSince = score.probability < settings.releaseBelow ? evidence.calmSince ?? score.time : nil
    evidence.latestScore = score.time
    return evidence
  }

  private func judge(
    _ wanted: MarginFraction, _ inForce: MarginFraction, _ evidence: HysteresisMemory, at time: Timestamp
  ) -> HysteresisReason {
    if wanted == inForce { return .unchanged }
    if wanted > inForce {
      return evidence.scoresAbove >= settings.confirmations
        ? .raiseConfirmed(above: settings.raiseAbove, scores: evidence.scoresAbove)
        : .raiseUnconfirmed(
          above: settings.raiseAbove, scores: evidence.scoresAbove, needed: settings.confirmations)
    }
    let calm = evidence.calmSince.map { time - $0 } ?? .zero
    return evidence.calmSince != nil && calm >= settings.coolDown
      ? .released(below: settings.releaseBelow, calm: calm)
      : .coolingDown(below: settings.releaseBelow, calm: calm, needed: settings.coolDown)
  }
}

extension HysteresisReason {
  fileprivate var allowsChange: Bool {
    switch self {
    case .raiseConfirmed, .released, .unchanged, .notJudged: true
    case .raiseUnconfirmed, .coolingDown: false
    case .implied(_, let reason): reason.allowsChange
    }
  }
}
