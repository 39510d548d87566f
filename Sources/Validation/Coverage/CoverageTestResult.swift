/// What a statistical test of a margin's coverage found.
public struct CoverageTestResult: Hashable, Sendable, Codable {
  /// The test's name.
  public let test: String
  /// The test statistic; nil when the test cannot tell.
  public let statistic: Double?
  /// The probability of a statistic at least this extreme under correct coverage; nil when the test cannot tell.
  public let pValue: Double?

  /// Creates a result; a statistic or a p-value that is not finite leaves both nil.
  public init(test: String, statistic: Double?, pValue: Double?) {
    self.test = test
    guard let statistic, let pValue, statistic.isFinite, pValue.isFinite else {
      self.statistic = nil
      self.pValue = nil
      return
    }
    self.statistic = statistic
    self.pValue = pValue
  }

  /// Whether the p-value lies below the level; nil when the test cannot tell.
  public func isRejected(at level: Double) -> Bool? {
    pValue.map { $0 < level }
  }
}
