public import Markets
public import Validation

/// The tests of one policy's coverage in one market, on horizons that do not overlap.
public struct CoverageTests: Codable, Sendable {
  /// The market.
  public let market: MarketName
  /// The number of trials: snapshots at least one information span apart, both sides, at the headline notional.
  public let trials: Int
  /// The number of trials whose loss was above the margin.
  public let exceedances: Int
  /// One result for each test, in the order of the tables.
  public let results: [TestResult]
  /// The Basel traffic light: `green`, `yellow` or `red`.
  public let trafficLight: String

  /// Creates the tests of one market.
  public init(market: MarketName, trials: Int, exceedances: Int, results: [TestResult], trafficLight: String) {
    self.market = market
    self.trials = trials
    self.exceedances = exceedances
    self.results = results
    self.trafficLight = trafficLight
  }
}

/// A statistical test's result.
public struct TestResult: Codable, Sendable {
  /// Such as `kupiec`, `independence`, `conditional-coverage`, `dynamic-quantile`, `expected-shortfall-z2`.
  public let test: String
  /// The statistic; nil where undefined.
  public let statistic: Double?
  /// The probability of so large a statistic by chance, from 0 to 1; nil where undefined.
  public let pValue: Double?
  /// Whether the policy is rejected at 5 %; nil where the test cannot tell.
  public let isRejected: Bool?

  /// Creates a result.
  public init(test: String, statistic: Double?, pValue: Double?, isRejected: Bool?) {
    self.test = test
    self.statistic = statistic
    self.pValue = pValue
    self.isRejected = isRejected
  }

  /// What a test of coverage found, rejecting at 5 %.
  public init(_ result: CoverageTestResult) {
    self.init(
      test: result.test, statistic: result.statistic, pValue: result.pValue,
      isRejected: result.isRejected(at: 0.05))
  }
}
