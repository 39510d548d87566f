public import Backtesting
public import Configuration
internal import Labels
internal import Learning
public import Margining
public import Markets
public import ModelStore

/// Replays recorded books through models, and judges the margins that follow from them beside the policies of the field.
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

  /// Where forecasts come from.
  public enum Forecaster: Sendable {
    /// Models that are trained anew at regular instants at least an hour apart, with choices made before the first of them.
    case retrained(TrainingConfiguration, every: TimeSpan)
    /// A stored model that learns nothing more, judged on what it did not learn from.
    case stored(StoredModel)
  }

  /// The step by which the adaptive quantile follows misses, as a share of the loss, unless configured otherwise.
  public static let standardAdaptationStep = 0.02

  let forecaster: Forecaster
  let policy: NamedPolicy?
  let accounts: Accounts?
  let adaptationStep: Double
  let tracking: QuantileTracking
  let scope: BacktestScope

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - policy: A control chain to be judged beside the quantile itself; nil for none.
  ///   - accounts: Open positions that raises of the policy's margin are weighed on; nil for none.
  ///   - adaptationStep: Above 0, at most 1.
  /// - Throws: `BacktestFailure` when the forecaster has no close-out quantile or a setting is out of range.
  public init(
    _ forecaster: Forecaster, policy: NamedPolicy? = nil, accounts: Accounts? = nil,
    adaptationStep: Double = standardAdaptationStep
  ) throws(BacktestFailure) {
    if case .retrained(_, let interval) = forecaster, interval < .hours(1) {
      throw .setting("trainings must be at least an hour apart")
    }
    guard adaptationStep > 0, adaptationStep <= 1 else {
      throw .setting("the adaptation step is \(adaptationStep); it must be above 0 and at most 1")
    }
    let scope = try BacktestScope(of: forecaster)
    guard let tracking = QuantileTracking(target: 1 - scope.target, step: adaptationStep) else {
      throw .setting("the adaptive quantile cannot aim at \(scope.target)")
    }
    self.forecaster = forecaster
    self.policy = policy
    self.accounts = accounts
    self.adaptationStep = adaptationStep
    self.tracking = tracking
    self.scope = scope
  }

  /// Runs from `from` to `end`, excluded, or to the end of the books.
  ///
  /// - Parameter books: Reads the books of before an instant; read up to `from` for choices, and up to `end`.
  /// - Throws: `TrainingFailure`, `BacktestFailure`, `RequestRefusal`, `EvaluationFailure`, the errors of reading.
  public func report(
    from: Timestamp, to end: Timestamp = .distantFuture, talk: any Talk = Silence(),
    books: (_ end: Timestamp) throws -> Recording
  ) throws -> BacktestReport {
    let said = try saidHistory(from: from, to: end, talk: talk, books: books)
    let replay = try ReplayBuilder(
      history: said.history, task: scope.task, tracking: tracking, model: scope.name
    ).replay(said.forecasts, judgedFrom: said.judgedFrom)
    guard replay.markets.contains(where: { !$0.judged.isEmpty }) else {
      throw BacktestFailure.nothingToJudge(from: said.judgedFrom, lastBook: said.lastBook)
    }
    talk.step("judging")
    return try report(on: replay, said)
  }
}
