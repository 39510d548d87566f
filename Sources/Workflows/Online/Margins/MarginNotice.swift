public import Margining
public import Markets

/// One line of a stream of margin recommendations: what holds on one side of a market, until when, and why.
public struct MarginNotice: Sendable {
  /// Why a line is written.
  public enum Occasion: String, CaseIterable, Sendable {
    /// The market's side is recommended for the first time.
    case first
    /// A margin changes.
    case change
    /// Nothing recent is known any more, and no margin falls until there is.
    case hold
    /// Nothing changes, and the line before would soon expire.
    case renewal
    /// The line before expired, and whoever follows the lines has taken its fallback.
    case lapse
  }

  /// A margin before and after a line.
  public struct Move: Hashable, Sendable {
    /// What held until now.
    public let before: MarginFraction
    /// What holds from now on.
    public let after: MarginFraction
  }

  /// What holds for one tier.
  public struct Tier: Sendable {
    /// The notional at which the tier starts, in quote currency.
    public let lowerBound: Double
    /// The maintenance margin.
    public let maintenance: Move
    /// The initial margin.
    public let initial: Move
    /// What holds once the line has expired.
    public let fallback: FallbackMargin
    /// How the margins came about; nil in a renewal, which asks nothing of the policy.
    public let recommendation: Recommendation?
  }

  /// The instant from which it holds.
  public let time: Timestamp
  /// The market.
  public let market: MarketName
  /// The side on which a liquidation would execute.
  public let side: LiquidationSide
  /// The number of the line among those of its market and side, 1 for the first.
  public let number: Int
  /// Why the line is written.
  public let occasion: Occasion
  /// The instant at which the fallback takes the place of these margins unless a later line has come; nil when they are
  /// the fallback already.
  public let expires: Timestamp?
  /// Why nothing may fall; nil while the market's books are fresh.
  public let hold: MarketHold?
  /// The tiers, the smallest notional first.
  public let tiers: [Tier]
  /// The score behind it; nil without one.
  public let score: SideScore?
}

/// Why the margins of a market may not fall.
public enum MarketHold: Hashable, Sendable, CustomStringConvertible {
  /// The newest book is not to be used, for the reason given.
  case unusable(String)
  /// No book to be used came for so long.
  case silent(TimeSpan)

  /// The reason in words.
  public var description: String {
    switch self {
    case .unusable(let reason): reason
    case .silent(let span): "no book to be used for \(Int64(span.seconds / 60)) min"
    }
  }
}
