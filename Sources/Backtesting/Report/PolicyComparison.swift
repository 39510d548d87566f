public import Validation

/// A competitor beside ours.
public struct PolicyComparison: Codable, Sendable {
  /// `all` or a market's name.
  public let group: String
  /// Ours: `policy` or `conditional`.
  public let ours: String
  /// The competitor's name.
  public let competitor: String
  /// Our mean margin when scaled to the target coverage, as a fraction of notional; nil where no scale reaches it.
  public let ourMarginAtTarget: Double?
  /// Their mean margin when scaled to the target coverage, as a fraction of notional; nil where no scale reaches it.
  public let theirMarginAtTarget: Double?
  /// One minus our mean margin over theirs at the target coverage, with a day-block interval.
  public let marginSaved: Estimate
  /// Our loss above margin, in USD.
  public let ourShortfallUSD: Double
  /// Their loss above margin when scaled to our mean margin, in USD; nil where their mean margin is not above zero.
  public let theirShortfallUSD: Double?
  /// One minus our shortfall over theirs at our mean margin, with a day-block interval.
  public let shortfallSaved: Estimate
  /// The pinball loss of both margins, unscaled, as quantiles of the loss, as fractions of notional; nil without rows.
  public let pinball: ScoreComparison?
  /// Fissler and Ziegel's score of both margins, unscaled, as quantiles with the tail of the tuning period; nil where the
  /// tuning period shows no tail.
  public let tail: ScoreComparison?

  /// Creates a comparison.
  public init(
    group: String, ours: String, competitor: String, ourMarginAtTarget: Double?, theirMarginAtTarget: Double?,
    marginSaved: Estimate, ourShortfallUSD: Double, theirShortfallUSD: Double?, shortfallSaved: Estimate,
    pinball: ScoreComparison?, tail: ScoreComparison?
  ) {
    self.group = group
    self.ours = ours
    self.competitor = competitor
    self.ourMarginAtTarget = ourMarginAtTarget
    self.theirMarginAtTarget = theirMarginAtTarget
    self.marginSaved = marginSaved
    self.ourShortfallUSD = ourShortfallUSD
    self.theirShortfallUSD = theirShortfallUSD
    self.shortfallSaved = shortfallSaved
    self.pinball = pinball
    self.tail = tail
  }
}
