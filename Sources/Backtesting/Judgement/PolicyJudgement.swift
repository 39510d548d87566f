public import Validation

/// Margin policies judged by the losses that followed.
///
/// A row is a judged snapshot's side and size of position whose loss is known, that is finite. A margin that is missing,
/// below zero or not finite counts as none.
public struct PolicyJudgement: Sendable {
  let replay: Replay
  let ours: [NamedPath]
  let competitors: [NamedPath]
  let target: Double
  let bootstrap: DayBlockBootstrap
  let tests: @Sendable ([[Bool]]) -> [TestResult]
  let trafficLight: @Sendable (Int, Int) -> String
  /// The size of position nearest to the headline, as a position among the replay's; nil where it has none.
  let headlineRung: Int?
  /// Every row, market by market, in time order.
  let rows: [LossRow]
  /// What every margin is taken to say of losses beyond it.
  let tails: TailRatios

  /// Creates a judgement of paths over one replay.
  ///
  /// `tests` gets the exceedances of one market's non-overlapping trials, one sequence for each side; `trafficLight` the
  /// number of exceedances and of trials. `target` is the coverage that comparisons scale both policies to. The headline
  /// is the replay's size nearest to `headlineNotional`.
  public init(
    replay: Replay, ours: [NamedPath], competitors: [NamedPath], headlineNotional: Double, target: Double,
    bootstrap: DayBlockBootstrap, tests: @escaping @Sendable ([[Bool]]) -> [TestResult],
    trafficLight: @escaping @Sendable (_ exceedances: Int, _ trials: Int) -> String
  ) {
    self.replay = replay
    self.ours = ours
    self.competitors = competitors
    self.target = target
    self.bootstrap = bootstrap
    self.tests = tests
    self.trafficLight = trafficLight
    headlineRung = replay.size(nearestTo: headlineNotional)
    rows = replay.lossRows()
    tails = TailRatios(of: replay, target: target)
  }

  /// Every policy in the order of the tables: ours, then the competitors.
  var everyPath: [NamedPath] { ours + competitors }

  /// Each policy's figures, ours first.
  public func policies() -> [PolicyReport] {
    let groups = rowGroups()
    return everyPath.map { path in
      let margins = path.margins(of: rows)
      return PolicyReport(
        policy: path.name, summary: path.summary, groups: figures(of: groups, margins: margins),
        tests: coverageTests(of: path), procyclicality: procyclicality(of: path))
    }
  }
}
