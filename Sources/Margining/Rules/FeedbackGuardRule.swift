public import Markets

/// What existing positions have to hold while new ones already hold what is recommended.
public struct ExistingMargin: Hashable, Sendable {
  /// A rise announced for later.
  public struct Step: Hashable, Sendable {
    /// The first instant at which the margin holds.
    public let instant: Timestamp
    /// The maintenance margin.
    public let margin: MarginFraction
  }

  /// The maintenance margin from the request on.
  public let now: MarginFraction
  /// The rises to come, in the order of time.
  public let steps: [Step]

  /// What a published path holds for one tier.
  init(_ path: GlidePath, tier: Int, at time: Timestamp) {
    now = path.margins(at: time)[tier]
    var level = now
    var rises: [Step] = []
    for step in path.steps where step.instant > time && step.margins[tier] != level {
      level = step.margins[tier]
      rises.append(Step(instant: step.instant, margin: level))
    }
    steps = rises
  }
}

/// What the guard made of a change for existing positions.
public enum FeedbackGuardReason: Hashable, Sendable, CustomStringConvertible {
  /// What the guard needs and does not have.
  public enum Missing: String, Hashable, Sendable {
    case accounts = "no accounts are known"
    case persistentDepth = "the persistent depth is not known"
  }

  /// The notional that a raise forces out at once, in quote currency.
  public struct Forced: Hashable, Sendable {
    /// What the part that is applied at once forces out.
    public let now: Double
    /// What may be forced out.
    public let limit: Double
    /// What the whole raise would force out.
    public let unguarded: Double
  }

  /// The guard could not judge: the whole change reaches existing positions at once.
  case notApplied(Missing)
  /// The guard could not judge, and a path that was published before goes on.
  case followed(Missing, ExistingMargin)
  /// The guard judged.
  case ruled(GuardRuling.Outcome, ExistingMargin, Forced)

  /// What existing positions have to hold; nil where it is what is recommended.
  public var existing: ExistingMargin? {
    switch self {
    case .notApplied: nil
    case .followed(_, let existing), .ruled(_, let existing, _): existing
    }
  }

  /// The reason in words.
  public var description: String {
    switch self {
    case .notApplied(let missing): "the guard could not be applied: \(missing.rawValue)"
    case .followed(let missing, let existing):
      "\(missing.rawValue): existing positions follow the published path, now at \(ReasonText.percent(existing.now))"
    case .ruled(.noRaise, _, _): "nothing rises for existing positions"
    case .ruled(.whole, _, let forced):
      "applied to existing positions at once: it forces out \(ReasonText.amount(forced.now)) of at most "
        + ReasonText.amount(forced.limit)
    case .ruled(.cut, let existing, let forced):
      "existing positions get \(ReasonText.percent(existing.now)) at once, which forces out "
        + "\(ReasonText.amount(forced.now)) of at most \(ReasonText.amount(forced.limit)); the whole raise would force out "
        + ReasonText.amount(forced.unguarded)
    case .ruled(.published, let existing, _):
      "existing positions follow the published path, now at \(ReasonText.percent(existing.now))"
    }
  }
}

/// Step 7: keeps a raise from forcing more out of existing positions than the book absorbs.
///
/// Margins for new exposure pass unchanged, so this step never changes a recommendation; what existing positions hold,
/// and will hold, is in its reason. The path that was published last is the rule's memory. Without accounts or depth the
/// whole change reaches existing positions, except that a path which already leads there is kept.
struct FeedbackGuardRule: MarginRule {
  let settings: FeedbackGuardSettings

  var step: ControlStep { .feedbackGuard }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    let time = context.request.time
    let published = memory.glidePath
    guard let accounts = context.request.accounts else {
      return unjudged(margins, .accounts, at: time, memory: &memory)
    }
    guard let depth = context.persistentDepth,
      let change = MarginChange(
        schedule: context.schedule, before: published?.margins(at: time) ?? context.inForce.margins, after: margins)
    else { return unjudged(margins, .persistentDepth, at: time, memory: &memory) }

    let ruling = FeedbackGuard(settings).ruling(
      on: change, published: published, at: time, accounts: accounts, persistentDepth: depth)
    memory.glidePath = ruling.path
    let forced = FeedbackGuardReason.Forced(
      now: ruling.forcedUSD, limit: ruling.limitUSD, unguarded: ruling.unguardedUSD)
    return margins.enumerated().map { tier, margin in
      let existing = ExistingMargin(ruling.path, tier: tier, at: time)
      return Ruling(margin, .feedbackGuard(.ruled(ruling.outcome, existing, forced)))
    }
  }

  private func unjudged(
    _ margins: [MarginFraction], _ missing: FeedbackGuardReason.Missing, at time: Timestamp, memory: inout RuleMemory
  ) -> [Ruling] {
    guard let published = memory.glidePath, !published.isComplete(at: time),
      zip(margins, published.target).allSatisfy(<=)
    else {
      memory.glidePath = nil
      return margins.map { Ruling($0, .feedbackGuard(.notApplied(missing))) }
    }
    let path = published.capped(at: margins, from: time)
    memory.glidePath = path
    return margins.enumerated().map { tier, margin in
      Ruling(margin, .feedbackGuard(.followed(missing, ExistingMargin(path, tier: tier, at: time))))
    }
  }
}
