public import Markets

/// The margins of a market and side that are in force, and those that recently were.
public struct MarginsInForce: Hashable, Sendable {
  /// Margins that a notice replaced.
  struct Superseded: Hashable, Sendable {
    let margins: [MarginFraction]
    /// The instant of the notice: the first at which these margins no longer held.
    let until: Timestamp
  }

  /// The maintenance margins in force, one per tier, never falling.
  public private(set) var margins: [MarginFraction]
  /// Replaced margins, the oldest first.
  private(set) var superseded: [Superseded]

  init(margins: [MarginFraction], superseded: [Superseded] = []) {
    self.margins = margins
    self.superseded = superseded
  }

  /// The smallest margin of each tier that held at any instant after `start`.
  ///
  /// - Complexity: O(notices kept × tiers).
  public func lowest(after start: Timestamp) -> [MarginFraction] { extreme(after: start, of: min) }

  /// The largest margin of each tier that held at any instant after `start`.
  ///
  /// - Complexity: O(notices kept × tiers).
  public func highest(after start: Timestamp) -> [MarginFraction] { extreme(after: start, of: max) }

  private func extreme(
    after start: Timestamp, of choose: (MarginFraction, MarginFraction) -> MarginFraction
  ) -> [MarginFraction] {
    var result = margins
    for earlier in superseded.reversed() {
      if earlier.until <= start { break }
      for (tier, margin) in zip(result.indices, earlier.margins) { result[tier] = choose(result[tier], margin) }
    }
    return result
  }

  /// Puts other margins into force, and forgets those that stopped to hold before `horizon`.
  mutating func replace(with new: [MarginFraction], at time: Timestamp, forgettingBefore horizon: Timestamp) {
    superseded.removeAll { $0.until <= horizon }
    guard new != margins else { return }
    superseded.append(Superseded(margins: margins, until: time))
    margins = new
  }
}
