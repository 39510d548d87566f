public import Markets

/// The monitors of each market with the thresholds that were found for them.
public struct DriftPlan: Hashable, Sendable, Codable {
  /// The monitors of one market.
  public struct Entry: Hashable, Sendable, Codable {
    /// The market.
    public let market: MarketName
    /// Its monitors, in the order in which they are asked.
    public let monitors: [MonitorDesign]

    /// Creates an entry.
    public init(market: MarketName, monitors: [MonitorDesign]) {
      self.market = market
      self.monitors = monitors
    }
  }

  /// Whether the reference was recorded or simulated.
  public let provenance: Provenance
  /// The average run length that each monitor's threshold was found for.
  public let averageRunLength: Double
  /// How the reference was drawn from.
  public let dependence: Dependence
  /// The share of misses that the bound on the close-out loss aims at.
  public let missTarget: Double
  /// The markets.
  public let entries: [Entry]

  /// Creates a plan.
  public init(
    provenance: Provenance, averageRunLength: Double, dependence: Dependence, missTarget: Double, entries: [Entry]
  ) {
    self.provenance = provenance
    self.averageRunLength = averageRunLength
    self.dependence = dependence
    self.missTarget = missTarget
    self.entries = entries
  }
}
