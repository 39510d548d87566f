/// Shortfall against mean margin as a policy is multiplied by a constant.
public struct Frontier: Codable, Sendable {
  /// What one scale gives.
  public struct Point: Codable, Sendable {
    /// The constant that every margin is multiplied by.
    public let scale: Double
    /// The mean margin as a fraction of notional.
    public let meanMargin: Double
    /// The share of rows whose loss stayed within the margin.
    public let coverage: Double
    /// The loss above margin summed over rows, in USD.
    public let shortfallUSD: Double

    /// Creates a point.
    public init(scale: Double, meanMargin: Double, coverage: Double, shortfallUSD: Double) {
      self.scale = scale
      self.meanMargin = meanMargin
      self.coverage = coverage
      self.shortfallUSD = shortfallUSD
    }
  }

  /// The policy's name.
  public let policy: String
  /// Points of rising scale; one of them has scale 1.
  public let points: [Point]

  /// Creates a frontier.
  public init(policy: String, points: [Point]) {
    self.policy = policy
    self.points = points
  }
}
