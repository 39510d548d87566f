/// Coverage as time goes on, at the headline size on both sides of all markets or one.
public struct CoverageCurve: Codable, Sendable {
  /// One day.
  public struct Point: Codable, Sendable {
    /// The UTC day, such as `2024-05-01`.
    public let day: String
    /// Coverage of the last 14 days to this one; nil where they hold no row.
    public let rolling: Double?
    /// Coverage since the start; nil before the first row.
    public let cumulative: Double?

    /// Creates a point.
    public init(day: String, rolling: Double?, cumulative: Double?) {
      self.day = day
      self.rolling = rolling
      self.cumulative = cumulative
    }
  }

  /// `fixed`, `adaptive`, or a policy's name.
  public let name: String
  /// `all` or a market's name.
  public let group: String
  /// One point for each UTC day from the first to the last with a known loss.
  public let points: [Point]

  /// Creates a curve.
  public init(name: String, group: String, points: [Point]) {
    self.name = name
    self.group = group
    self.points = points
  }
}
