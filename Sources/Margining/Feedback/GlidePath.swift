package import Checkpoints
public import Markets

/// The margins that existing positions have and will have, as published.
public struct GlidePath: Hashable, Sendable {
  /// A rise announced for later.
  public struct Step: Hashable, Sendable {
    /// The first instant at which the margins hold.
    public let instant: Timestamp
    /// The maintenance margins, one per tier.
    public let margins: [MarginFraction]
  }

  /// The instant from which the path's intervals are counted: that of the decision to raise.
  public let start: Timestamp
  /// The maintenance margins that hold at once, one per tier.
  public let applied: [MarginFraction]
  /// The rises to come, in rising order of instants, each after `start`.
  public let steps: [Step]
  /// The notional that the margins applied at once since `start` have forced out, in quote currency.
  public let forcedUSD: Double

  init(start: Timestamp, applied: [MarginFraction], steps: [Step], forcedUSD: Double) {
    self.start = start
    self.applied = applied
    self.steps = steps
    self.forcedUSD = forcedUSD
  }

  /// The margins that hold at an instant; those applied at once for any instant before the first step.
  public func margins(at time: Timestamp) -> [MarginFraction] {
    steps.last { $0.instant <= time }?.margins ?? applied
  }

  /// The margins at the path's end.
  public var target: [MarginFraction] { steps.last?.margins ?? applied }

  /// Whether nothing is announced for after an instant.
  public func isComplete(at time: Timestamp) -> Bool { steps.last.map { $0.instant <= time } ?? true }

  /// The path from an instant on, held below margins that were lowered: falls pass at once.
  func capped(at ceiling: [MarginFraction], from time: Timestamp) -> GlidePath {
    var level = zip(margins(at: time), ceiling).map { min($0, $1) }
    let applied = level
    var remaining: [Step] = []
    for step in steps where step.instant > time {
      let margins = zip(step.margins, ceiling).map { min($0, $1) }
      if margins == level { continue }
      level = margins
      remaining.append(Step(instant: step.instant, margins: margins))
    }
    return GlidePath(start: start, applied: applied, steps: remaining, forcedUSD: forcedUSD)
  }
}

extension GlidePath: StateValue {
  /// Reads a path.
  ///
  /// - Throws: `StateFault` when tiers differ in number or fall, when instants do not rise, and for other values that no
  ///   path has.
  package init(from archive: inout StateArchive) throws(StateFault) {
    start = try Timestamp(from: &archive)
    applied = try [MarginFraction](from: &archive)
    steps = try [Step](from: &archive)
    forcedUSD = try Double(from: &archive)
    let instants = [start] + steps.map(\.instant)
    let ladders = [applied] + steps.map(\.margins)
    guard forcedUSD >= 0, !applied.isEmpty, zip(instants, instants.dropFirst()).allSatisfy(<),
      ladders.allSatisfy({ $0.count == applied.count && zip($0, $0.dropFirst()).allSatisfy(<=) })
    else { throw StateFault("a published path of margins is none") }
  }

  /// Writes the path.
  package func write(to archive: inout StateArchive) {
    start.write(to: &archive)
    applied.write(to: &archive)
    steps.write(to: &archive)
    forcedUSD.write(to: &archive)
  }
}

extension GlidePath.Step: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    instant = try Timestamp(from: &archive)
    margins = try [MarginFraction](from: &archive)
  }

  package func write(to archive: inout StateArchive) {
    instant.write(to: &archive)
    margins.write(to: &archive)
  }
}
