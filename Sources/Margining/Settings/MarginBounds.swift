public import Markets

/// The limits that no recommended margin leaves.
public struct MarginBounds: Hashable, Sendable {
  /// The smallest maintenance margin; above zero.
  public let floor: MarginFraction
  /// The largest maintenance margin; at least `floor`.
  public let cap: MarginFraction

  /// Creates bounds.
  ///
  /// - Throws: when the floor is zero or above the cap.
  public init(floor: MarginFraction, cap: MarginFraction) throws(MarginingFault) {
    try require(floor.fraction, above: 0, .floor)
    guard cap >= floor else { throw MarginingFault(.cap, cap.fraction, .belowSetting(.floor, limit: floor.fraction)) }
    self.floor = floor
    self.cap = cap
  }

  /// The margin inside the bounds that is nearest to the given one.
  public func clamped(_ margin: MarginFraction) -> MarginFraction { min(cap, max(floor, margin)) }
}
