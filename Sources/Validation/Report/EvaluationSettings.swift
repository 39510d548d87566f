public import Markets

/// How an evaluation is done.
public struct EvaluationSettings: Hashable, Sendable, Codable {
  /// How intervals are computed.
  public let bootstrap: DayBlockBootstrap
  /// How episodes are counted.
  public let episodes: EpisodeDefinition
  /// The alert budgets at which episodes are judged.
  public let alertBudgets: [AlertBudget]
  /// The number of reliability bins.
  public let reliabilityBins: Int
  /// Where the data came from.
  public let provenance: Provenance

  /// Creates settings.
  public init(
    episodes: EpisodeDefinition, provenance: Provenance, bootstrap: DayBlockBootstrap = DayBlockBootstrap(),
    alertBudgets: [AlertBudget] = AlertBudget.standard, reliabilityBins: Int = ScoreCard.standardBinCount
  ) {
    self.episodes = episodes
    self.provenance = provenance
    self.bootstrap = bootstrap
    self.alertBudgets = alertBudgets
    self.reliabilityBins = reliabilityBins
  }
}
