public import LinearModels

/// How a logistic regression came about.
public struct LinearTraining: Codable, Hashable, Sendable {
  /// Which penalties were tried, and what they gave, penalties falling.
  public let search: [PenaltyScore]
  /// The final fit.
  public let fit: FitReport

  /// Creates a record.
  public init(search: [PenaltyScore], fit: FitReport) {
    self.search = search
    self.fit = fit
  }
}
