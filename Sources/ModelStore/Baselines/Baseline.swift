internal import Learning
public import LinearModels

/// A rule that a model must beat, fitted on the same rows.
public enum Baseline: Codable, Sendable {
  /// The event rate by hour of the day in UTC, 24 rates.
  case climatology([Double])
  /// The event rate given the book's state now.
  case persistence(StateRates)
  /// A logistic regression on few features.
  case logistic(inputs: ModelInputs, classifier: LinearClassifier)

  /// What a baseline may look at.
  public struct Instant: Sendable {
    /// The row's features, as the schema names them.
    public let row: [Double]
    /// The natural log of the row's shortfall depth.
    public let logThreshold: Double
    /// The number of the row's market and side.
    public let group: Int
    /// The hour of the day in UTC.
    public let hour: Int
    /// Whether the book is in shortfall now.
    public let isInShortfall: Bool

    /// Creates an instant.
    public init(row: [Double], logThreshold: Double, group: Int, hour: Int, isInShortfall: Bool) {
      self.row = row
      self.logThreshold = logThreshold
      self.group = group
      self.hour = hour
      self.isInShortfall = isInShortfall
    }
  }

  /// The probability of the event.
  public func probability(at instant: Instant) -> Double {
    switch self {
    case .climatology(let rates):
      rates[instant.hour]
    case .persistence(let rates):
      instant.isInShortfall ? rates.inShortfall : rates.onset
    case .logistic(let inputs, let classifier):
      sigmoid(
        classifier.logOdds(
          of: inputs.values(from: instant.row, logThreshold: instant.logThreshold).span, group: instant.group))
    }
  }
}

/// Event rates of rows in and out of shortfall.
public struct StateRates: Codable, Hashable, Sendable {
  /// The rate of rows that are not in shortfall.
  public let onset: Double
  /// The rate of rows that are.
  public let inShortfall: Double

  /// Creates rates.
  public init(onset: Double, inShortfall: Double) {
    self.onset = onset
    self.inShortfall = inShortfall
  }
}

/// A fitted baseline under the name that tables and JSON give it.
public struct NamedBaseline: Codable, Sendable {
  /// The name.
  public let name: String
  /// The fitted rule.
  public let baseline: Baseline

  /// Creates a named baseline.
  public init(name: String, baseline: Baseline) {
    self.name = name
    self.baseline = baseline
  }
}
