public import Markets

/// Keeps a raise from liquidating more than the book absorbs.
///
/// A raise takes equity's room away, so it liquidates accounts itself. The largest share of it whose forced notional stays
/// within a share η of persistent depth is applied to existing positions at once, the rest in equal steps along a path
/// that is published beforehand. A fall passes whole.
public struct FeedbackGuard: Hashable, Sendable {
  /// The share η of persistent depth that may be forced out in one interval of the path, and the path's length and steps.
  public let settings: FeedbackGuardSettings

  /// Creates a guard.
  public init(_ settings: FeedbackGuardSettings) {
    self.settings = settings
  }

  /// Decides how existing positions of one side of a market get to the wanted margins.
  ///
  /// A path that runs stays as published while no tier is wanted above its end; what is wanted below it is granted at once.
  /// A raise beyond its end is decided anew. Within the first interval of a decision (glide over steps) further raises
  /// share its limit and its steps, so no sequence of requests forces more out at once than the limit in each interval,
  /// or puts a step off for ever.
  ///
  /// - Parameters:
  ///   - change: From what existing positions have at the instant to what is wanted.
  ///   - published: The path in force; nil when there was none yet.
  ///   - accounts: The positions of this side of the market.
  ///   - persistentDepth: In quote currency; below zero or NaN counts as zero, and then a raise that forces anything waits.
  /// - Complexity: O(accounts × tiers × 20).
  public func ruling(
    on change: MarginChange, published: GlidePath?, at time: Timestamp, accounts: [Account], persistentDepth: Double
  ) -> GuardRuling {
    let window = published.flatMap { time - $0.start < interval ? $0 : nil }
    let spent = window?.forcedUSD ?? 0
    let limit = max(0, settings.share * (persistentDepth > 0 ? persistentDepth : 0) - spent)
    let forced = change.forcedAccounts(among: accounts)
    let whole = forced.reduce(0) { $0 + $1.notional }

    func ruling(_ outcome: GuardRuling.Outcome, _ path: GlidePath, _ shareParts: Int, _ now: Double) -> GuardRuling {
      GuardRuling(
        outcome: outcome, path: path, shareParts: shareParts, limitUSD: limit, forcedUSD: now, unguardedUSD: whole)
    }
    if !change.isRaise {
      let path = GlidePath(start: window?.start ?? time, applied: change.after, steps: [], forcedUSD: spent)
      return ruling(.noRaise, path, 1_000_000, 0)
    }
    if let published, !published.isComplete(at: time), zip(change.after, published.target).allSatisfy(<=) {
      return ruling(.published, published.capped(at: change.after, from: time), 0, 0)
    }
    let largest = largestShare(of: change, forcing: forced, within: limit)
    let applied = change.margins(atShare: largest.parts)
    let start = window?.start ?? time
    let path = GlidePath(
      start: start, applied: applied, steps: rises(from: applied, to: change.after, start: start, over: published),
      forcedUSD: spent + largest.forcedUSD)
    return ruling(largest.parts == 1_000_000 ? .whole : .cut, path, largest.parts, largest.forcedUSD)
  }

  /// The time from one step of the path to the next.
  private var interval: TimeSpan { TimeSpan(nanoseconds: max(1, settings.glide.nanoseconds / Int64(settings.steps))) }

  /// The instant of step `number` of the path, 1 for the first.
  private func instant(_ number: Int, after start: Timestamp) -> Timestamp {
    let (whole, count, part) = (settings.glide.nanoseconds, Int64(settings.steps), Int64(number))
    let length = whole / count * part + whole % count * part / count
    return start + TimeSpan(nanoseconds: length)
  }

  /// Equal steps up to the wanted margins, none below what was published for its instant.
  private func rises(
    from applied: [MarginFraction], to wanted: [MarginFraction], start: Timestamp, over published: GlidePath?
  ) -> [GlidePath.Step] {
    var rises: [GlidePath.Step] = []
    var level = applied
    for number in 1...settings.steps where level != wanted {
      let instant = instant(number, after: start)
      // A glide of fewer nanoseconds than steps has several steps in one instant; only the last can be alone in its own.
      guard instant > rises.last?.instant ?? start else { continue }
      let promised = published?.margins(at: instant) ?? applied
      let margins = applied.indices.map { tier in
        let even = applied[tier].moved(number, of: settings.steps, towards: wanted[tier])
        return min(wanted[tier], max(even, promised[tier]))
      }
      if margins == level { continue }
      level = margins
      rises.append(GlidePath.Step(instant: instant, margins: margins))
    }
    return rises
  }

  /// The largest share of a raise, in parts per million, that forces out no more than a limit, and what it forces out.
  ///
  /// By bisection: the forced notional never falls when the share grows, and is zero at a share of zero.
  private func largestShare(
    of change: MarginChange, forcing forced: [Account], within limit: Double
  ) -> (parts: Int, forcedUSD: Double) {
    func forcedUSD(atShare parts: Int) -> Double {
      let requirement = MaintenanceRequirement(change.margins(atShare: parts), at: change.schedule)
      return forced.reduce(0) { $0 + (requirement.isCovered($1) ? 0 : $1.notional) }
    }
    let all = forcedUSD(atShare: 1_000_000)
    if all <= limit { return (1_000_000, all) }
    var (allowed, refused) = (0, 1_000_000)
    while refused - allowed > 1 {
      let middle = (allowed + refused) / 2
      if forcedUSD(atShare: middle) <= limit { allowed = middle } else { refused = middle }
    }
    return (allowed, forcedUSD(atShare: allowed))
  }
}
