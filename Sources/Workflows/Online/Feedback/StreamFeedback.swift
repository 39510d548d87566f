package import Checkpoints
internal import Labels
public import Markets
public import ModelStore

/// Judges what a stream said once its horizons have ended, and learns from that.
///
/// It follows the scores: each book with a score is remembered as an origin, at most one in each spacing of a market, and
/// each book judges the origins before it. An outcome is emitted, and moves anything, only with the first book after the
/// end of its horizon: nothing uses the future. Labels are exactly those that training would give these origins.
///
/// Adapted quantiles go beside the model's: their log is shifted after each outcome, `θ ← θ + η (err − (1 − level))`, for
/// each market's side, level and size on its own; see `QuantileTracking`.
///
/// Memory is bounded by the origins of one horizon.
public struct StreamFeedback: Sendable {
  private let settings: FeedbackSettings
  private let task: ShortfallTask
  private var terms: [MarketName: OutcomeTerms]
  private var markets: [MarketName: MarketFeedback] = [:]

  /// Creates feedback on a model's predictions that has seen nothing.
  public init(_ artefact: ModelArtefact, _ settings: FeedbackSettings) {
    self.settings = settings
    task = artefact.task
    terms = OutcomeTerms.all(of: artefact)
  }

  /// The number of instants of which an outcome is awaited, over all markets.
  public var pendingCount: Int { markets.values.reduce(0) { $0 + $1.pendingCount } }

  /// Whether the outcome of a market's newest book is awaited.
  func awaitsNewest(of market: MarketName) -> Bool { markets[market]?.awaitsNewest ?? false }

  /// Takes the next book with what was said of it, and completes that by what the outcomes known by now teach.
  ///
  /// - Returns: What was said earlier and is known now, oldest first, the sell side before the buy side.
  public mutating func observe(_ snapshot: BookSnapshot, _ result: inout OnlineScorer.Result) -> [MaturedOutcome] {
    if result.row == nil { return [] }
    guard case .success(var scores) = result.scores, let terms = terms[snapshot.market] else {
      return markets[snapshot.market]?.observe(snapshot) ?? []
    }
    let matured = markets[snapshot.market, default: MarketFeedback(task: task, settings: settings)].observe(
      snapshot, &scores, on: terms)
    result.scores = .success(scores)
    return matured
  }

  /// Goes on with another model of the same task.
  ///
  /// What the old model said is judged by the old model's thresholds. What was learned stays, as far as levels and sizes
  /// are the same.
  mutating func adopt(_ artefact: ModelArtefact) { terms = OutcomeTerms.all(of: artefact) }
}

extension StreamFeedback: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var names = markets.keys.sorted()
    try archive.exchange(&names)
    if archive.direction == .reading { markets = [:] }
    for name in names {
      var market = markets[name] ?? MarketFeedback(task: task, settings: settings)
      markets[name] = nil
      try archive.exchange(&market)
      markets[name] = market
    }
  }
}
