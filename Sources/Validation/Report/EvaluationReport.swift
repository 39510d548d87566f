public import Markets

/// The evaluation of a model and its baselines, over all markets and for each.
public struct EvaluationReport: Equatable, Sendable, Codable {
  /// Where the data came from.
  public let provenance: Provenance
  /// How intervals were computed.
  public let bootstrap: DayBlockBootstrap
  /// How episodes were counted.
  public let episodeDefinition: EpisodeDefinition
  /// All markets together.
  public let overall: Section
  /// Each market alone, by name.
  public let markets: NamedValues<Section>

  /// Scores on rows not in shortfall and on all rows.
  public struct Section: Equatable, Sendable, Codable {
    /// Rows known not to be in shortfall when the prediction was made: the headline.
    public let onset: Scores
    /// All rows.
    public let state: Scores

    /// The scores of one population.
    public subscript(population: Population) -> Scores {
      population == .onset ? onset : state
    }
  }

  /// The scores of the model and the baselines on one set of rows.
  public struct Scores: Equatable, Sendable {
    /// The number of rows with a known outcome.
    public let rows: Int
    /// The number of rows left out because their outcome is unknown.
    public let censored: Int
    /// The number of rows whose event happened.
    public let positives: Int
    /// Positives over rows; nil without rows.
    public let prevalence: Double?
    /// The number of UTC days with rows.
    public let days: Int
    /// The training window's event rate, against which Brier skill is measured.
    public let referenceRate: Double
    /// Whether there is enough to judge by.
    public let evidence: Evidence
    /// What the rows hold to be warned of.
    public let episodes: EpisodeCounts
    /// The model's card.
    public let model: ScoreCard
    /// Each baseline's card.
    public let baselines: NamedValues<ScoreCard>
    /// The model against each baseline, on the same resamples.
    public let differences: NamedValues<PairedDifference>
  }

  /// The number of episodes to be warned of, whoever warns.
  public struct EpisodeCounts: Hashable, Sendable, Codable {
    /// Runs of positive rows per market, both sides together.
    public let markets: Int
    /// Runs of positive rows per market and side, which alerts are matched to.
    public let sides: Int
    /// Those of `sides` whose onset was not seen.
    public let unknownOnsets: Int
    /// Distinct pairs of market and UTC day with rows.
    public let marketDays: Int
  }
}

extension EvaluationReport.Scores: Codable {
  private enum CodingKeys: String, CodingKey {
    case rows
    case censored
    case positives
    case prevalence
    case days
    case referenceRate
    case evidence
    case episodes
    case model
    case baselines
    case differences
  }

  /// Writes every key, with null for an undefined prevalence.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(censored, forKey: .censored)
    try container.encode(positives, forKey: .positives)
    try container.encode(prevalence, forKey: .prevalence)
    try container.encode(days, forKey: .days)
    try container.encode(referenceRate, forKey: .referenceRate)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(episodes, forKey: .episodes)
    try container.encode(model, forKey: .model)
    try container.encode(baselines, forKey: .baselines)
    try container.encode(differences, forKey: .differences)
  }
}
