/// How well one forecaster's quantile at one level was, over rows whose value is known.
public struct QuantileScore: Codable, Hashable, Sendable {
  /// The forecaster's name.
  public let forecaster: String
  /// The level of the quantile, which is the coverage it aims at.
  public let level: Double
  /// The number of rows.
  public let rows: Int
  /// The number of UTC days with rows.
  public let days: Int
  /// The mean pinball loss, in the value's unit.
  public let pinball: Estimate
  /// One minus the mean pinball loss over the baseline's; above zero, it is better.
  public let pinballSaved: Estimate
  /// The share of rows whose value lies at or below the quantile.
  public let coverage: Estimate
  /// The mean of the quantile, in the value's unit: what the coverage costs.
  public let mean: Estimate

  /// Creates a score.
  public init(
    forecaster: String, level: Double, rows: Int, days: Int, pinball: Estimate, pinballSaved: Estimate,
    coverage: Estimate, mean: Estimate
  ) {
    self.forecaster = forecaster
    self.level = level
    self.rows = rows
    self.days = days
    self.pinball = pinball
    self.pinballSaved = pinballSaved
    self.coverage = coverage
    self.mean = mean
  }
}
