public import Markets

/// A change of the margins that existing positions have, from what holds to what is wanted.
public struct MarginChange: Hashable, Sendable {
  /// The schedule whose bounds both share.
  public let schedule: TierSchedule
  /// The maintenance margins that hold, one per tier, never falling.
  public let before: [MarginFraction]
  /// The maintenance margins that are wanted, one per tier, never falling.
  public let after: [MarginFraction]

  /// Creates a change, or nil unless both have one margin for each tier of the schedule and never fall from tier to tier.
  public init?(schedule: TierSchedule, before: [MarginFraction], after: [MarginFraction]) {
    for margins in [before, after] {
      guard margins.count == schedule.tiers.count, zip(margins, margins.dropFirst()).allSatisfy(<=) else { return nil }
    }
    self.schedule = schedule
    self.before = before
    self.after = after
  }

  /// Whether any tier rises.
  public var isRaise: Bool { zip(before, after).contains(where: <) }

  /// The margins when every rising tier goes `parts` millionths of its way, rounded down, and every falling one all of it.
  ///
  /// They never fall from tier to tier, and never fall when `parts` grows.
  func margins(atShare parts: Int) -> [MarginFraction] {
    zip(before, after).map { $0.moved(parts, of: 1_000_000, towards: $1) }
  }

  /// The accounts that the margins in force cover and the wanted ones do not: those that the change as a whole forces out.
  func forcedAccounts(among accounts: [Account]) -> [Account] {
    let held = MaintenanceRequirement(before, at: schedule)
    let wanted = MaintenanceRequirement(after, at: schedule)
    return accounts.filter { held.isCovered($0) && !wanted.isCovered($0) }
  }
}

extension MarginFraction {
  /// The margin after `part` of `whole` equal steps up to a larger one, rounded down; a smaller one is reached at once.
  func moved(_ part: Int, of whole: Int, towards target: MarginFraction) -> MarginFraction {
    guard target > self else { return target }
    let rise = (target.partsPerMillion - partsPerMillion) * part / whole
    return MarginFraction(partsPerMillion: partsPerMillion + rise) ?? target
  }
}
