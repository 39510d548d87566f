/// What the feedback guard decided for existing positions.
public struct GuardRuling: Hashable, Sendable {
  /// How a change passes the guard.
  public enum Outcome: String, Hashable, Sendable {
    /// Nothing rises: the change passes whole.
    case noRaise = "no-raise"
    /// The whole raise is applied at once.
    case whole
    /// Part of the raise is applied at once, the rest along the path.
    case cut
    /// The raise is already on its way along the published path.
    case published
  }

  /// How the change passes.
  public let outcome: Outcome
  /// The margins of existing positions from now on.
  public let path: GlidePath
  /// The share of the raise that is applied at once, in parts per million; 0 while a published path goes on.
  public let shareParts: Int
  /// The notional that may be forced out at once, in quote currency: what earlier raises of the same interval left.
  public let limitUSD: Double
  /// The notional that is forced out at once, in quote currency; at most `limitUSD`.
  public let forcedUSD: Double
  /// The notional that the whole raise would force out at once, in quote currency.
  public let unguardedUSD: Double
}
