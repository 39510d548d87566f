public import Markets
public import Validation

/// Everything that a back-test found, as it is written and shown.
public struct BacktestReport: Codable, Sendable {
  /// Whether the data was recorded or simulated.
  public let provenance: Provenance
  /// What was run.
  public let setting: BacktestSetting
  /// Each policy's figures over everything, Shortfall's first.
  public let policies: [PolicyReport]
  /// Each competing policy beside ours at equal coverage and at equal mean margin, over everything and by market.
  public let comparisons: [PolicyComparison]
  /// Shortfall against mean margin as each policy is scaled up and down.
  public let frontiers: [Frontier]
  /// Coverage as time goes on, with the fixed and with the adaptive conformal level.
  public let coverage: [CoverageCurve]
  /// The worst stretches of time by our shortfall and by the competitors'.
  public let episodes: [LossEpisode]
  /// What was seen and asked over time, for drawing.
  public let series: [MarketSeries]
}

/// What a back-test ran on.
public struct BacktestSetting: Codable, Sendable {
  /// The model's or configuration's name.
  public let model: String
  /// How the model was made, such as `retrained every 1d on everything before`.
  public let training: String
  /// The policy file's name.
  public let policy: String
  /// The first judged instant.
  public let from: Timestamp
  /// The last judged instant.
  public let to: Timestamp
  /// The horizon of a close-out.
  public let horizon: TimeSpan
  /// The coverage aimed at, 1 − ε.
  public let target: Double
  /// The sizes of position, in quote currency.
  public let notionals: [Double]
  /// The size that charts and tables by time show.
  public let headlineNotional: Double
  /// Judged snapshots, and those of them with a known loss.
  public let snapshots: Int
  public let known: Int
  /// UTC days with a known loss.
  public let days: Int
  /// What should be said beside the figures, such as which competitor could not be run and why.
  public let notes: [String]
}

/// One policy's figures.
public struct PolicyReport: Codable, Sendable {
  /// The policy's name: `requirement`, `policy` (ours after the control chain), or a competitor's.
  public let policy: String
  /// What it is, in one sentence.
  public let summary: String
  /// Over everything, then by market, by market and side, by notional, by side, and in calm and stress.
  public let groups: [GroupFigures]
  /// The tests of coverage, on non-overlapping horizons: over each market.
  public let tests: [CoverageTests]
  /// How the margins moved, by market.
  public let procyclicality: [Procyclicality]
}

/// Which rows figures are over.
public struct Group: Codable, Hashable, Sendable {
  /// `all`, `market`, `market-side`, `notional`, `side` or `regime`.
  public let kind: String
  /// Such as `ETHUSDT sell`, `100000`, `stress`.
  public let name: String
}

/// A policy's figures over some rows: a row is a snapshot's side and a size of position.
public struct GroupFigures: Codable, Sendable {
  public let group: Group
  /// Rows of known loss, and those of them whose loss was above the margin.
  public let rows: Int
  public let exceedances: Int
  /// The share of rows whose loss stayed within the margin.
  public let coverage: Estimate
  /// The mean margin as a fraction of notional.
  public let meanMargin: Estimate
  /// The mean loss above the margin over all rows, as a fraction of notional.
  public let meanShortfall: Estimate
  /// The loss above margin summed over rows, in USD, as if each snapshot had one position of each size and side.
  public let shortfallUSD: Double
}

/// The tests of one policy's coverage in one market, on horizons that do not overlap.
public struct CoverageTests: Codable, Sendable {
  public let market: MarketName
  /// The trials: snapshots one horizon apart, both sides, at the headline notional.
  public let trials: Int
  public let exceedances: Int
  /// One result for each test, in the order of the tables.
  public let results: [TestResult]
  /// The Basel traffic light: `green`, `yellow` or `red`.
  public let trafficLight: String
}

/// A statistical test's result.
public struct TestResult: Codable, Sendable {
  /// Such as `kupiec`, `independence`, `conditional-coverage`, `dynamic-quantile`, `expected-shortfall-z2`.
  public let test: String
  /// The statistic and its p-value; nil where undefined.
  public let statistic: Double?
  public let pValue: Double?
  /// Whether the policy is rejected at 5 %; nil where the test cannot tell.
  public let isRejected: Bool?
}

/// How a policy's margin moved in one market, at the headline notional, both sides' worst.
public struct Procyclicality: Codable, Sendable {
  public let market: MarketName
  /// The largest margin over the smallest.
  public let peakToTrough: Double
  /// The largest rise within a time, as a fraction of notional.
  public let rise1h: Double
  public let rise1d: Double
  public let rise5d: Double
  public let rise30d: Double
  /// Number of changes of the margin per day.
  public let changesPerDay: Double
  /// What holders of one position of each size and side had to add, in USD.
  public let marginCallUSD: Double
}

/// A competitor beside ours.
public struct PolicyComparison: Codable, Sendable {
  /// `all` or a market's name.
  public let group: String
  /// Ours: `policy` or `requirement`.
  public let ours: String
  public let competitor: String
  /// Both scaled to the target coverage: mean margins, as fractions of notional.
  public let ourMarginAtTarget: Double?
  public let theirMarginAtTarget: Double?
  /// One minus ours over theirs, with a day-block interval.
  public let marginSaved: Estimate
  /// The competitor scaled to our mean margin: shortfall in USD of both.
  public let ourShortfallUSD: Double
  public let theirShortfallUSD: Double?
  /// One minus ours over theirs, with a day-block interval.
  public let shortfallSaved: Estimate
}

/// Shortfall against mean margin as a policy is multiplied by a constant.
public struct Frontier: Codable, Sendable {
  public struct Point: Codable, Sendable {
    public let scale: Double
    public let meanMargin: Double
    public let coverage: Double
    public let shortfallUSD: Double
  }
  public let policy: String
  /// Points of rising scale; one of them has scale 1.
  public let points: [Point]
}

/// Coverage as time goes on, at all sizes and sides of all markets or one.
public struct CoverageCurve: Codable, Sendable {
  public struct Point: Codable, Sendable {
    /// The UTC day.
    public let day: String
    /// Coverage of the last 14 days to this one, and since the start.
    public let rolling: Double?
    public let cumulative: Double?
  }
  /// `fixed`, `adaptive`, or a policy's name.
  public let name: String
  /// `all` or a market's name.
  public let group: String
  public let points: [Point]
}

/// A stretch of time in which losses went beyond margins.
public struct LossEpisode: Codable, Sendable {
  public let market: MarketName
  public let side: LiquidationSide
  public let start: Timestamp
  public let end: Timestamp
  /// The largest loss in it, as a fraction of notional at the headline size.
  public let worstLoss: Double
  /// For each policy, in the order of `policies`: shortfall in USD over all sizes.
  public let shortfallUSD: [Double]
  /// For each policy the margin at the start, at the headline size.
  public let marginAtStart: [Double]
}

/// One market's judged snapshots, as columns of equal length.
public struct MarketSeries: Codable, Sendable {
  public let market: MarketName
  public let side: LiquidationSide
  public let times: [Timestamp]
  public let mids: [Double]
  public let depths: [Double]
  public let probabilities: [Double?]
  /// The loss that followed at the headline size; nil where unknown.
  public let losses: [Double?]
  /// For each policy, in the order of `policies`, its margin at the headline size.
  public let margins: [[Double]]
}
