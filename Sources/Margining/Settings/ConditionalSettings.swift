/// How the conditional form puts a requirement together: a base, the cost of liquidity, and an add-on for concentration.
public struct ConditionalSettings: Hashable, Sendable {
  /// The share of the adverse-return quantile of the past that the base asks for, from 0 to 1.
  public let historyShare: Double
  /// The weight of stressed times in that quantile, from 0 to 1.
  public let stressedShare: Double
  /// How many standard deviations are added to the mean spread, from 0 to 100.
  public let spreadDeviations: Double
  /// The add-on for positions that are large beside the book.
  public let concentration: ConcentrationSettings
  /// The notice period of an initial margin in horizons of the model, from 0 to 10,000.
  ///
  /// The adverse return over it is taken to grow with the square root of time.
  public let noticeMultiple: Double

  /// The whole quantile with a quarter of stress, two deviations of the spread, a notice period of one horizon.
  public static let standard = ConditionalSettings()

  private init() {
    historyShare = 1
    stressedShare = 0.25
    spreadDeviations = 2
    concentration = .standard
    noticeMultiple = 1
  }

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range.
  public init(
    historyShare: Double = 1, stressedShare: Double = 0.25, spreadDeviations: Double = 2,
    concentration: ConcentrationSettings = .standard, noticeMultiple: Double = 1
  ) throws(MarginingFault) {
    try require(historyShare, within: 0...1, .historyShare)
    try require(stressedShare, within: 0...1, .stressedShare)
    try require(spreadDeviations, within: 0...100, .spreadDeviations)
    try require(noticeMultiple, within: 0...10_000, .noticeMultiple)
    self.historyShare = historyShare
    self.stressedShare = stressedShare
    self.spreadDeviations = spreadDeviations
    self.concentration = concentration
    self.noticeMultiple = noticeMultiple
  }
}

/// The add-on for size, `Y σ √((Q − Q0)⁺ / capacity)` with `capacity = depthShare · persistent depth + refill`.
///
/// The square-root law of market impact: Y near 1 with σ and capacity over the same time. Source: Tóth, Lempérière,
/// Deremble, de Lataillade, Kockelkoren and Bouchaud 2011, doi:10.1103/PhysRevX.1.021006.
public struct ConcentrationSettings: Hashable, Sendable {
  /// The coefficient Y, from 0 to 100.
  public let coefficient: Double
  /// The share of the persistent depth that a close-out may count on, from 0 to 1.
  public let depthShare: Double
  /// The depth that comes back within the horizon, in quote currency; at least 0.
  public let refill: Double
  /// The size Q0 up to which nothing is added, in quote currency; at least 0.
  public let from: Double

  /// A coefficient of 1 on the whole persistent depth, from the first unit on.
  public static let standard = ConcentrationSettings()

  private init() {
    coefficient = 1
    depthShare = 1
    refill = 0
    from = 0
  }

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range.
  public init(
    coefficient: Double = 1, depthShare: Double = 1, refill: Double = 0, from: Double = 0
  ) throws(MarginingFault) {
    try require(coefficient, within: 0...100, .concentrationCoefficient)
    try require(depthShare, within: 0...1, .concentrationDepthShare)
    try require(refill, atLeast: 0, .concentrationRefill)
    try require(from, atLeast: 0, .concentrationFrom)
    self.coefficient = coefficient
    self.depthShare = depthShare
    self.refill = refill
    self.from = from
  }
}
