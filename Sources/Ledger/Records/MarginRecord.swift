public import Markets

/// A change of the margin of one tier that a policy recommended.
public struct MarginRecord: Hashable, Sendable {
  /// The instant of the book that led to it, its market and side.
  public let origin: LedgerOrigin
  /// The notional at which the tier starts, in quote currency.
  public let tier: Double
  /// The maintenance margin before.
  public let before: MarginFraction
  /// The maintenance margin from now on.
  public let after: MarginFraction
  /// Why, in words.
  public let reason: String
  /// When it ends of itself; nil when it does not.
  public let expiry: Timestamp?

  /// Creates a record.
  public init(
    origin: LedgerOrigin, tier: Double, before: MarginFraction, after: MarginFraction, reason: String,
    expiry: Timestamp?
  ) {
    self.origin = origin
    self.tier = tier
    self.before = before
    self.after = after
    self.reason = reason
    self.expiry = expiry
  }
}
