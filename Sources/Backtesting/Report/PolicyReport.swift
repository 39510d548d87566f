public import Validation

/// One policy's figures.
public struct PolicyReport: Codable, Sendable {
  /// The policy's name: `conditional`, `policy` (ours after the control chain), or a competitor's.
  public let policy: String
  /// What it is, in one sentence.
  public let summary: String
  /// At the headline size over everything, by market, by market and side, by side, and in calm and stress; then by size,
  /// and by market and size.
  public let groups: [GroupFigures]
  /// The tests of coverage in each market, on horizons that do not overlap.
  public let tests: [CoverageTests]
  /// How the margins moved, by market.
  public let procyclicality: [Procyclicality]

  /// Creates the figures of one policy.
  public init(
    policy: String, summary: String, groups: [GroupFigures], tests: [CoverageTests], procyclicality: [Procyclicality]
  ) {
    self.policy = policy
    self.summary = summary
    self.groups = groups
    self.tests = tests
    self.procyclicality = procyclicality
  }
}

/// Which rows figures are over.
public struct Group: Codable, Hashable, Sendable {
  /// `all`, `market`, `market-side`, `side` or `regime`, all at the headline size; `notional` or `market-notional`.
  public let kind: String
  /// Such as `ETHUSDT sell`, `stress`, `100000`, `ETHUSDT 100000`.
  public let name: String

  /// Creates a group.
  public init(kind: String, name: String) {
    self.kind = kind
    self.name = name
  }
}

/// A policy's figures over some rows: a row is a snapshot's side and a size of position.
public struct GroupFigures: Codable, Sendable {
  /// Which rows these are.
  public let group: Group
  /// The number of rows of known loss.
  public let rows: Int
  /// The number of rows whose loss was above the margin.
  public let exceedances: Int
  /// The share of rows whose loss stayed within the margin.
  public let coverage: Estimate
  /// The mean margin as a fraction of notional.
  public let meanMargin: Estimate
  /// The mean loss above the margin over all rows, as a fraction of notional.
  public let meanShortfall: Estimate
  /// The loss above margin summed over rows, in USD, as if each snapshot had one position of each size and side.
  public let shortfallUSD: Double

  /// Creates figures.
  public init(
    group: Group, rows: Int, exceedances: Int, coverage: Estimate, meanMargin: Estimate, meanShortfall: Estimate,
    shortfallUSD: Double
  ) {
    self.group = group
    self.rows = rows
    self.exceedances = exceedances
    self.coverage = coverage
    self.meanMargin = meanMargin
    self.meanShortfall = meanShortfall
    self.shortfallUSD = shortfallUSD
  }
}
