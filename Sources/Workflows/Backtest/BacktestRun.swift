public import Backtesting
public import Configuration
internal import Datasets
internal import Labels
internal import Learning
public import Margining
public import Markets
internal import ModelStore
internal import Validation

/// Replays recorded books through models that are trained anew at regular instants, and judges the margins that follow
/// from them beside the policies of the field.
public struct BacktestRun {
  /// A margin policy and the name of its file.
  public struct NamedPolicy {
    /// The file's name.
    public let name: String
    /// The policy.
    public let policy: MarginPolicy

    /// Creates a pair.
    public init(name: String, policy: MarginPolicy) {
      self.name = name
      self.policy = policy
    }
  }

  /// The step by which the adaptive quantile follows misses, as a share of the loss, unless configured otherwise.
  public static let standardAdaptationStep = 0.02

  private let configuration: TrainingConfiguration
  private let settings: TrainingConfiguration.CloseOutQuantile
  private let closeOut: CloseOut
  private let policy: NamedPolicy?
  private let interval: TimeSpan
  private let adaptationStep: Double
  /// The coverage aimed at: the highest level of the close-out quantiles.
  private let target: Double

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - policy: A control chain to be judged beside the quantile itself; nil for none.
  ///   - retrainEvery: The time between trainings, above zero.
  ///   - adaptationStep: Above 0, at most 1.
  /// - Throws: `BacktestFailure` when the configuration asks for no close-out quantile or a setting is out of range.
  public init(
    _ configuration: TrainingConfiguration, policy: NamedPolicy? = nil, retrainEvery interval: TimeSpan = .hours(24),
    adaptationStep: Double = standardAdaptationStep
  ) throws(BacktestFailure) {
    guard let settings = configuration.closeOutQuantile, let closeOut = configuration.task.closeOut,
      let target = settings.levels.last
    else { throw .noCloseOutQuantile(configuration.name) }
    guard interval >= .hours(1) else { throw .setting("trainings must be at least an hour apart") }
    guard adaptationStep > 0, adaptationStep <= 1 else {
      throw .setting("the adaptation step is \(adaptationStep); it must be above 0 and at most 1")
    }
    self.configuration = configuration
    self.settings = settings
    self.closeOut = closeOut
    self.policy = policy
    self.interval = interval
    self.adaptationStep = adaptationStep
    self.target = target
  }

  /// Runs from `from` to the end of the recording.
  ///
  /// - Parameters:
  ///   - earlier: The same books up to `from`, on which choices are made.
  ///   - whole: All books.
  /// - Throws: `TrainingFailure`, `BacktestFailure`, `RequestRefusal`, the errors of reading.
  public func report(
    earlier: Recording, whole: Recording, from: Timestamp, talk: any Talk = Silence()
  ) throws -> BacktestReport {
    talk.step("choices on the time before \(from)")
    let choices = try NightlyTraining(configuration).run(recording: earlier, to: from, talk: talk).artefact
    let history = try LabeledHistory(
      whole, features: configuration.features, task: configuration.task, from: .distantPast, thresholds: .fitted,
      notionals: settings.notionals)
    talk.step("training every \(interval) from \(from) on")
    let forecasts = try NightlyForecasts(
      choices: choices, configuration: configuration, settings: settings, interval: interval
    ).said(of: history, from: from)
    guard let tracking = QuantileTracking(target: 1 - target, step: adaptationStep) else {
      throw BacktestFailure.setting("the adaptive quantile cannot aim at \(target)")
    }
    let replay = try ReplayBuilder(
      history: history, task: configuration.task, tracking: tracking, model: configuration.name
    ).replay(forecasts, judgedFrom: from)
    guard replay.markets.contains(where: { !$0.judged.isEmpty }) else {
      throw BacktestFailure.nothingToJudge(from: from, lastBook: whole.lastInstant)
    }
    talk.step("judging")
    return try report(on: replay, family: choices.classifier.family.rawValue)
  }

  private func report(on replay: Replay, family: String) throws -> BacktestReport {
    let paths = OwnPaths(replay: replay)
    var ours = [paths.conditional()]
    if let policy { ours.append(try paths.policy(policy.policy, name: policy.name)) }
    let competitors = CompetingPolicies.all(tunedOn: replay, target: target)
    let judgement = PolicyJudgement(
      replay: replay, ours: ours,
      competitors: competitors.map { competitor in
        NamedPath(
          name: competitor.name, summary: competitor.summary,
          paths: replay.markets.map { competitor.path(of: $0, in: replay) })
      },
      headlineNotional: closeOut.notional, target: target,
      bootstrap: DayBlockBootstrap(resamples: configuration.validation.resamples, seed: configuration.validation.seed),
      tests: { [target] in Self.tests(of: $0, missRate: 1 - target) },
      trafficLight: { [target] in
        TrafficLight(hits: $0, trials: $1, missRate: 1 - target)?.rawValue ?? "undefined"
      })
    return BacktestReport(
      provenance: replay.provenance, setting: setting(of: replay, family: family), policies: judgement.policies(),
      comparisons: judgement.comparisons(), frontiers: judgement.frontiers(), coverage: judgement.coverage(),
      episodes: judgement.episodes(), series: judgement.series())
  }

  private func setting(of replay: Replay, family: String) -> BacktestSetting {
    let judged = replay.markets.flatMap { market in market.judged.map { market.points[$0] } }
    let known = judged.filter { point in LiquidationSide.allCases.contains { point.sides[$0].losses[0].isFinite } }
    let times = judged.map(\.time)
    return BacktestSetting(
      model: configuration.name,
      training: "\(family), trained anew every \(interval) on everything before; adaptation step \(adaptationStep)",
      policy: policy?.name ?? "none", from: times.min() ?? replay.judgedFrom, to: times.max() ?? replay.judgedFrom,
      horizon: configuration.task.horizon, target: target, notionals: replay.notionals,
      headlineNotional: closeOut.notional, snapshots: judged.count, known: known.count,
      days: Set(known.map(\.time.day)).count, notes: CompetingPolicies.notes + Self.notes)
  }

  private static func tests(of sequences: [[Bool]], missRate: Double) -> [TestResult] {
    CoverageTest.all(sequences: sequences, missRate: missRate).map { result in
      TestResult(
        test: result.test, statistic: result.statistic, pValue: result.pValue,
        isRejected: result.isRejected(at: 0.05))
    }
  }

  /// What a reader must know of every run.
  private static let notes = [
    "A row is a snapshot's side: losses of neighbouring rows overlap. Intervals resample whole days; tests use horizons that do not overlap.",
    "Family, penalty, calibration and route of the quantile are chosen once, on the time before the first judged instant.",
  ]
}
