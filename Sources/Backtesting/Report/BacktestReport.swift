public import Markets

/// Everything that a back-test found, as it is written and shown.
public struct BacktestReport: Codable, Sendable {
  /// Whether the data was recorded or simulated.
  public let provenance: Provenance
  /// What was run.
  public let setting: BacktestSetting
  /// Each policy's figures, Shortfall's first.
  public let policies: [PolicyReport]
  /// Each competing policy beside ours at equal coverage and at equal mean margin, over everything and by market.
  public let comparisons: [PolicyComparison]
  /// Shortfall against mean margin as each policy is scaled up and down.
  public let frontiers: [Frontier]
  /// Coverage as time goes on, with the fixed and with the adaptive conformal level.
  public let coverage: [CoverageCurve]
  /// The worst stretches of time by the policies' mean shortfall.
  public let episodes: [LossEpisode]
  /// What was seen and asked over time, for drawing.
  public let series: [MarketSeries]
  /// What simulated accounts would have cost an insurance fund, by policy.
  public let fund: [FundDraw]
  /// Every rise of the control chain's margins, in time order.
  public let raises: [RaiseReport]
  /// How good the probabilities were; nil where there were none.
  public let quality: ForecastQuality?
  /// How margins answer a doubling of volatility, for policies that a made-up market suffices for; nil where none was run.
  public let stepResponses: [StepResponse]?

  /// Creates a report.
  public init(
    provenance: Provenance, setting: BacktestSetting, policies: [PolicyReport], comparisons: [PolicyComparison],
    frontiers: [Frontier], coverage: [CoverageCurve], episodes: [LossEpisode], series: [MarketSeries],
    fund: [FundDraw] = [], raises: [RaiseReport] = [], quality: ForecastQuality? = nil,
    stepResponses: [StepResponse]? = nil
  ) {
    self.provenance = provenance
    self.setting = setting
    self.policies = policies
    self.comparisons = comparisons
    self.frontiers = frontiers
    self.coverage = coverage
    self.episodes = episodes
    self.series = series
    self.fund = fund
    self.raises = raises
    self.quality = quality
    self.stepResponses = stepResponses
  }
}
