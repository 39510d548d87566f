/// Two policies' mean scores, smaller being better, and whether they differ by more than chance.
public struct ScoreComparison: Codable, Hashable, Sendable {
  /// The number of UTC days with a score of both.
  public let days: Int
  /// The mean over days of our mean score.
  public let ours: Double
  /// The mean over days of their mean score.
  public let theirs: Double
  /// Diebold and Mariano's statistic of the daily differences, above zero where ours is better; nil where undefined.
  public let statistic: Double?
  /// The two-sided probability of so large a difference by chance; nil where undefined.
  public let pValue: Double?

  /// Creates a comparison.
  public init(days: Int, ours: Double, theirs: Double, statistic: Double?, pValue: Double?) {
    self.days = days
    self.ours = ours
    self.theirs = theirs
    self.statistic = statistic
    self.pValue = pValue
  }
}
