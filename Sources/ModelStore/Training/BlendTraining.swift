/// How the weight of a blend was chosen.
public struct BlendTraining: Codable, Hashable, Sendable {
  /// The chosen weight of the trees: of least loss over the out-of-fold log-odds of every fold; of equal ones the smaller.
  public let boostedWeight: Double
  /// What each weight gave, weights rising.
  public let search: [WeightScore]
  /// The weight with which each fold was judged, chosen on the folds before it.
  public let judgedWeights: [Double]

  /// What a weight of the trees gave.
  public struct WeightScore: Codable, Hashable, Sendable {
    /// The weight, 0 to 1.
    public let boostedWeight: Double
    /// The mean log loss over the out-of-fold rows, in nats.
    public let logLoss: Double

    /// Creates a score.
    public init(boostedWeight: Double, logLoss: Double) {
      self.boostedWeight = boostedWeight
      self.logLoss = logLoss
    }
  }

  /// Creates a record.
  public init(boostedWeight: Double, search: [WeightScore], judgedWeights: [Double]) {
    self.boostedWeight = boostedWeight
    self.search = search
    self.judgedWeights = judgedWeights
  }
}
