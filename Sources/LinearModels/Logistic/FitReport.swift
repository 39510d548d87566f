/// What a logistic fit found, and how well it is determined.
public struct FitReport: Codable, Hashable, Sendable {
  /// One row of the table of coefficients.
  public struct Coefficient: Codable, Hashable, Sendable {
    /// The name of the term; `intercept` for the intercept.
    public let name: String
    /// The change of the log-odds for one unit of the scaled term.
    public let value: Double
    /// The standard error from the information, as if rows were independent.
    public let standardError: Double
    /// The standard error when rows of one cluster depend on each other; nil for fewer than two clusters.
    ///
    /// Sandwich estimate with the factor G/(G − 1) · (n − 1)/(n − k) for G clusters and k coefficients.
    /// Source: K.-Y. Liang and S. Zeger, doi:10.1093/biomet/73.1.13.
    public let clusteredStandardError: Double?
    /// The value over its clustered standard error; nil where that is nil or zero.
    public let z: Double?
  }

  /// The number of rows.
  public let rows: Int
  /// The number of rows in which the event happened.
  public let positives: Int
  /// The number of clusters.
  public let clusters: Int
  /// What was maximised.
  public let method: LogisticConfiguration.Method
  /// λ.
  public let penalty: Double
  /// The number of Newton steps.
  public let iterations: Int
  /// The Newton decrement at the end, in nats.
  public let decrement: Double
  /// The log-likelihood of the rows, without the penalty, in nats.
  public let logLikelihood: Double
  /// What was maximised: the log-likelihood less the penalty and, for Firth's method, with Jeffreys' prior.
  public let penalizedLogLikelihood: Double
  /// The reciprocal condition number of the information with the penalty; below about 1e-10 the columns nearly
  /// depend on each other.
  public let reciprocalCondition: Double
  /// Whether the outcomes are separated.
  public let separation: Separation
  /// The intercept and the coefficient of each term.
  public let coefficients: [Coefficient]
  /// The terms that say nothing and have a coefficient of zero.
  public let dropped: [Design.DroppedTerm]
}
