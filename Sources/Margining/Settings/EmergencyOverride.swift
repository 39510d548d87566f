public import Markets

/// A decision by a person to let margin rise faster than the rate limit for a while.
///
/// It lifts the upward limit only. It raises nothing by itself, and never loosens a bound.
public struct EmergencyOverride: Hashable, Sendable {
  /// Why, in the words of whoever decided; never empty.
  public let reason: String
  /// The first instant at which the override applies.
  public let start: Timestamp
  /// The first instant at which it no longer applies; after `start`.
  public let expiry: Timestamp

  /// Creates an override.
  ///
  /// - Throws: when the reason is blank or the expiry is not after the start.
  public init(reason: String, start: Timestamp, expiry: Timestamp) throws(MarginingFault) {
    guard reason.contains(where: { !$0.isWhitespace }) else { throw MarginingFault(.overrideReason, .empty) }
    guard expiry > start else { throw MarginingFault(.overrideExpiry, .expiresBeforeStart) }
    self.reason = reason
    self.start = start
    self.expiry = expiry
  }

  /// Whether the override applies at an instant.
  public func isActive(at time: Timestamp) -> Bool { start <= time && time < expiry }
}
