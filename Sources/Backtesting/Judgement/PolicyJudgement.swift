public import Validation

/// What one policy asked of every market of a replay.
public struct NamedPath: Sendable {
  /// The policy's name in tables.
  public let name: String
  /// What it is, in one sentence.
  public let summary: String
  /// Its margins, in the order of the replay's markets.
  public let paths: [MarginPath]

  /// Creates a named path.
  public init(name: String, summary: String, paths: [MarginPath]) {
    self.name = name
    self.summary = summary
    self.paths = paths
  }
}

/// Margin policies judged by the losses that followed.
public struct PolicyJudgement: Sendable {
  let replay: Replay
  let ours: [NamedPath]
  let competitors: [NamedPath]
  let headlineNotional: Double
  let target: Double
  let bootstrap: DayBlockBootstrap
  let tests: @Sendable ([[Bool]]) -> [TestResult]
  let trafficLight: @Sendable (Int, Int) -> String

  /// Creates a judgement of paths over one replay.
  ///
  /// `tests` gets the exceedances of one market's non-overlapping trials, one sequence for each side; `trafficLight` the
  /// number of exceedances and of trials. `target` is the coverage that comparisons scale both policies to.
  public init(
    replay: Replay, ours: [NamedPath], competitors: [NamedPath], headlineNotional: Double, target: Double,
    bootstrap: DayBlockBootstrap, tests: @escaping @Sendable ([[Bool]]) -> [TestResult],
    trafficLight: @escaping @Sendable (_ exceedances: Int, _ trials: Int) -> String
  ) {
    self.replay = replay
    self.ours = ours
    self.competitors = competitors
    self.headlineNotional = headlineNotional
    self.target = target
    self.bootstrap = bootstrap
    self.tests = tests
    self.trafficLight = trafficLight
  }

  /// Each policy's figures, ours first.
  public func policies() -> [PolicyReport] { [] }

  /// Each competitor beside each of ours, over everything and by market.
  public func comparisons() -> [PolicyComparison] { [] }

  /// Shortfall against mean margin as each policy is scaled.
  public func frontiers() -> [Frontier] { [] }

  /// Coverage by day, of the fixed and the adaptive conformal level and of each of ours.
  public func coverage() -> [CoverageCurve] { [] }

  /// The ten worst stretches of time by the policies' mean shortfall, worst first.
  public func episodes() -> [LossEpisode] { [] }

  /// What was seen and asked, for each market and side.
  public func series() -> [MarketSeries] { [] }
}
