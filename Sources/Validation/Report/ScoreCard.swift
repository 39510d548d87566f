/// Every figure of one scorer on one set of rows.
public struct ScoreCard: Hashable, Sendable {
  /// Average precision; its chance level is the prevalence.
  public let averagePrecision: Estimate
  /// ROC area; its chance level is one half.
  public let rocArea: Estimate
  /// Brier skill against the constant reference rate; undefined for scorers that only rank.
  public let brierSkill: Estimate
  /// Mean log loss in nats per row; undefined for scorers that only rank.
  public let logLoss: Estimate
  /// Intercept of the outcome's logistic regression on the log-odds.
  public let calibrationIntercept: Estimate
  /// Slope of that regression.
  public let calibrationSlope: Estimate
  /// Events over the sum of probabilities.
  public let observedToExpected: Estimate
  /// The Brier score's parts over the bins of `reliability`; nil for scorers that only rank.
  public let brier: BrierDecomposition?
  /// The reliability table; nil for scorers that only rank.
  public let reliability: ReliabilityTable?
  /// How the scorer's alerts meet the episodes, per alert budget; empty where no episodes were given.
  public let episodes: [EpisodeReport]

  /// The default number of reliability bins.
  public static let standardBinCount = 10

  /// Judges predictions against outcomes; `referenceRate` is the training window's event rate.
  public init(
    of rows: ScoredRows, referenceRate: Double, bootstrap: DayBlockBootstrap, binCount: Int = standardBinCount
  ) throws(EvaluationFault) {
    try referenceRate.checkIsRate()
    let days = DayIndex(rows.days)
    let sample = ScorerSample(rows, days: days, referenceRate: referenceRate)
    let replicates = Replicates.of([sample], dayCount: days.days.count, bootstrap: bootstrap)
    let parts = ProbabilityParts(rows, days: days, binCount: binCount, bootstrap: bootstrap)
    self.init(replicates[0], parts: parts, episodes: [])
  }

  init(_ replicates: Replicates, parts: ProbabilityParts?, episodes: [EpisodeReport]) {
    averagePrecision = replicates.estimate(.averagePrecision)
    rocArea = replicates.estimate(.rocArea)
    brierSkill = replicates.estimate(.brierSkill)
    logLoss = replicates.estimate(.logLoss)
    calibrationIntercept = replicates.estimate(.calibrationIntercept)
    calibrationSlope = replicates.estimate(.calibrationSlope)
    observedToExpected = replicates.estimate(.observedToExpected)
    brier = parts?.brier
    reliability = parts?.reliability
    self.episodes = episodes
  }

  /// One of the estimates.
  public subscript(metric: Metric) -> Estimate {
    switch metric {
    case .averagePrecision: averagePrecision
    case .rocArea: rocArea
    case .brierSkill: brierSkill
    case .logLoss: logLoss
    case .calibrationIntercept: calibrationIntercept
    case .calibrationSlope: calibrationSlope
    case .observedToExpected: observedToExpected
    }
  }
}

/// The parts of a card that need probabilities and are not single metrics.
struct ProbabilityParts: Sendable {
  let brier: BrierDecomposition?
  let reliability: ReliabilityTable

  /// The parts; nil when the predictions only rank.
  init?(_ rows: ScoredRows, days: DayIndex, binCount: Int, bootstrap: DayBlockBootstrap) {
    guard rows.predictions.areProbabilities else { return nil }
    reliability = ReliabilityTable(rows, binCount: binCount, days: days, bootstrap: bootstrap)
    let losses = zip(rows.predictions.values, rows.outcomes).map(ProbabilityLoss.quadratic)
    let score = losses.reduce(0, +) / Double(max(1, losses.count))
    brier = BrierDecomposition(score: score, bins: reliability.bins)
  }
}

extension ScoreCard: Codable {
  private enum CodingKeys: String, CodingKey {
    case averagePrecision
    case rocArea
    case brierSkill
    case logLoss
    case calibrationIntercept
    case calibrationSlope
    case observedToExpected
    case brier
    case reliability
    case episodes
  }

  /// Writes every key, with null for what is undefined.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(averagePrecision, forKey: .averagePrecision)
    try container.encode(rocArea, forKey: .rocArea)
    try container.encode(brierSkill, forKey: .brierSkill)
    try container.encode(logLoss, forKey: .logLoss)
    try container.encode(calibrationIntercept, forKey: .calibrationIntercept)
    try container.encode(calibrationSlope, forKey: .calibrationSlope)
    try container.encode(observedToExpected, forKey: .observedToExpected)
    try container.encode(brier, forKey: .brier)
    try container.encode(reliability, forKey: .reliability)
    try container.encode(episodes, forKey: .episodes)
  }
}
