package import Checkpoints
internal import Digests
internal import Labels
public import Markets
internal import ModelStore
public import Validation

/// What a drift monitor says on a stream.
public struct DriftNotice: Hashable, Sendable {
  /// When the outcome that led to it was known: the time of the book that completed it.
  public let time: Timestamp
  /// What is said.
  public let said: DriftPanel.Signal
}

/// Tells drift monitors what matured on a stream, as soon as it is known.
///
/// As where thresholds are found, they are told the outcomes of rows that were not in shortfall, the losses of all rows beside the
/// model's own quantile of the highest level, and nothing that was said while a market warmed up. What they have seen
/// belongs to their plan: with another plan they begin anew.
public struct StreamDrift: Sendable {
  /// The digest of the plan.
  let name: String
  private var memory: Memory

  /// What a part remembers that a resumed stream goes on from.
  fileprivate struct Memory: Sendable {
    var panel: DriftPanel
    /// When each market warmed up last.
    var warming: [MarketName: Timestamp] = [:]
  }

  /// Creates monitors that have seen nothing.
  ///
  /// - Throws: `EncodingError` for a plan without a JSON form, which none that was read from JSON is.
  public init(_ plan: DriftPlan) throws {
    name = SHA256.hexadecimal(of: try StableJSON.text(of: plan))
    memory = Memory(panel: DriftPanel(plan))
  }

  /// Takes what is known with a book, and then what was said of it.
  ///
  /// - Parameter notional: The task's own size, beside whose quantile losses are judged; nil without quantiles.
  mutating func observe(
    _ matured: [MaturedOutcome], with result: OnlineScorer.Result, notional: Double?
  ) -> [DriftNotice] {
    var notices: [DriftNotice] = []
    for outcome in matured where memory.warming[outcome.market].map({ outcome.time > $0 }) ?? true {
      notices += signals(outcome, notional: notional).map { DriftNotice(time: result.time, said: $0) }
    }
    if result.warming != nil { memory.warming[result.market] = result.time }
    return notices
  }

  private mutating func signals(_ outcome: MaturedOutcome, notional: Double?) -> [DriftPanel.Signal] {
    var signals: [DriftPanel.Signal] = []
    if outcome.inShortfall == false, let happened = outcome.depthShortfall.value {
      signals += memory.panel.observe(
        market: outcome.market, probability: outcome.probability.value, outcome: happened)
    }
    let own = outcome.closeOuts.first { $0.notional == notional }
    if let loss = own?.loss, let quantile = own?.quantiles.last {
      signals += memory.panel.observe(market: outcome.market, missed: loss > quantile.fixed)
    }
    return signals
  }
}

extension StreamDrift.Memory: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&panel)
    var markets = warming.keys.sorted()
    var times = markets.compactMap { warming[$0] }
    try archive.exchange(&markets)
    try archive.exchange(&times)
    guard markets.count == times.count else { throw StateFault("a market lacks the time at which it warmed up") }
    warming = Dictionary(zip(markets, times)) { first, _ in first }
  }
}

extension StateArchive {
  /// Writes the memory of a stream's drift monitors, or restores it; that of another plan, or of none, is passed over.
  mutating func exchange(monitors: inout StreamDrift?) throws(StateFault) {
    try exchange(named: monitors?.name ?? "") { part throws(StateFault) in
      if var drift = monitors {
        monitors = nil
        try drift.exchange(with: &part)
        monitors = drift
      }
    }
  }
}

extension StreamDrift: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) { try archive.exchange(&memory) }
}
