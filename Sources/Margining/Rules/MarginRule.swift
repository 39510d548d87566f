public import Markets

/// What is known about the probability of shortfall at the instant of a request.
public enum ScoreReading: Hashable, Sendable {
  /// A recent score.
  case current(Score)
  /// A score too old to count, and its age.
  case stale(age: TimeSpan)
  /// No score at all.
  case missing

  init(_ request: MarginRequest, staleAfter: TimeSpan) {
    guard let score = request.score else {
      self = .missing
      return
    }
    let age = request.time - score.time
    self = age >= staleAfter ? .stale(age: age) : .current(score)
  }

  /// The score, when it is recent.
  public var current: Score? {
    if case .current(let score) = self { score } else { nil }
  }
}

/// What is known of closing out at the instant of a request.
public enum ConditionalReading: Sendable {
  /// Enough for a requirement.
  case known(ConditionalRequirement)
  /// Not enough.
  case unknown(EvidenceGap)

  init(_ request: MarginRequest, _ reading: ScoreReading, settings: MarginPolicySettings) {
    // Evidence is as old as the score that comes with it.
    if case .stale = reading {
      self = .unknown(.nothingKnown)
      return
    }
    guard let evidence = request.evidence else {
      self = .unknown(.nothingKnown)
      return
    }
    do throws(EvidenceGap) {
      self = .known(
        try ConditionalRequirement(evidence, settings: settings.conditional, bounds: settings.bounds))
    } catch {
      self = .unknown(error)
    }
  }

  /// The requirement, when enough is known.
  public var requirement: ConditionalRequirement? {
    if case .known(let requirement) = self { requirement } else { nil }
  }
}

/// What a rule may look at: the request and the facts, never another rule.
public struct RuleContext: Sendable {
  /// The request.
  public let request: MarginRequest
  /// What is known about the probability of shortfall.
  public let reading: ScoreReading
  /// What is known of closing out, when the policy goes by it.
  public let conditional: ConditionalReading
  /// The market's schedule.
  public let schedule: TierSchedule
  /// The margins in force, and those that recently were.
  public let inForce: MarginsInForce

  /// The scheduled maintenance margins, one per tier.
  public var scheduled: [MarginFraction] { schedule.rates }

  /// The depth that stays in the book, in quote currency; nil where nothing recent is known of it.
  var persistentDepth: Double? {
    if case .stale = reading { return nil }
    return request.evidence?.persistentDepth
  }

  /// The instant of what the requirement is made from.
  var evidenceTime: Timestamp { request.score?.time ?? request.time }

  /// The smallest rates of the schedule's form that reach a requirement at every tier's reference notional.
  func rates(covering required: (_ notional: Double) -> Double, largestKnown: Double) -> [MarginFraction] {
    let notionals = schedule.referenceNotionals(largestKnown: largestKnown)
    return schedule.rates(covering: notionals.map(required), at: notionals)
  }
}

/// A rule's verdict on one tier.
public struct Ruling: Hashable, Sendable {
  /// The margin that the rule passes on.
  public let margin: MarginFraction
  /// Why.
  public let reason: AdjustmentReason

  /// Creates a verdict.
  public init(_ margin: MarginFraction, _ reason: AdjustmentReason) {
    self.margin = margin
    self.reason = reason
  }
}

/// One step of the control chain: takes the margins of all tiers as the step before left them, and passes them on.
///
/// A rule sees the whole schedule because a rule that judged tiers one by one could let a larger tier fall below a
/// smaller one. It must give one ruling per tier and keep margins that never fall from tier to tier so.
public protocol MarginRule: Sendable {
  /// The name of the step.
  var step: ControlStep { get }

  /// The rule's verdicts, one per tier; what it has to remember goes to its own field of `memory`.
  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling]
}
