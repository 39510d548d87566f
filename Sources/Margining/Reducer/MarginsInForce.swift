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

  /// The smallest margin of a tier that held at any instant after `start`.
  ///
  /// - Complexity: O(notices kept).
  func lowest(ofTier tier: Int, after start: Timestamp) -> MarginFraction {
    held(inTier: tier, after: start).reduce(margins[tier], min)
  }

  /// The largest margin of a tier that held at any instant after `start`.
  ///
  /// - Complexity: O(notices kept).
  func highest(ofTier tier: Int, after start: Timestamp) -> MarginFraction {
    held(inTier: tier, after: start).reduce(margins[tier], max)
  }

  /// The replaced margins of a tier that still held after `start`.
  private func held(inTier tier: Int, after start: Timestamp) -> [MarginFraction] {
    superseded.reversed().prefix { $0.until > start }.map { $0.margins[tier] }
  }

  /// Puts other margins into force, and forgets those that stopped to hold before `horizon`.
  mutating func replace(with new: [MarginFraction], at time: Timestamp, forgettingBefore horizon: Timestamp) {
    superseded.removeAll { $0.until <= horizon }
    guard new != margins else { return }
    superseded.append(Superseded(margins: margins, until: time))
    margins = new
  }
}
