internal import Checkpoints
internal import Learning
internal import Markets
internal import ModelStore

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The corrections of the quantiles of one market's side, one for each size and level, as matured outcomes move them.
///
/// A correction is added to the log of a quantile, so it is a factor on the loss.
struct AdaptiveCorrections: Sendable {
  private let step: Double
  private var entries: [Entry] = []

  private struct Entry: Sendable {
    let notional: Double
    let level: Double
    var tracking: QuantileTracking
  }

  init(step: Double) { self.step = step }

  /// Quantiles moved by the corrections, falling neither with the level nor with the size.
  ///
  /// - Parameters:
  ///   - losses: A list of levels for each size of the terms.
  ///   - own: The position of the task's own size, around which the sizes are put in order.
  func adapted(_ losses: [[Double]], _ terms: OutcomeTerms, own: Int) -> [[Double]] {
    var adapted = losses
    for (rung, notional) in terms.notionals.enumerated() where losses.indices.contains(rung) {
      var least = -Double.infinity
      for (position, level) in terms.levels.enumerated() {
        least = max(least, corrected(losses[rung][position], notional: notional, level: level))
        adapted[rung][position] = least
      }
    }
    guard adapted.indices.contains(own) else { return adapted }
    for level in terms.levels.indices {
      let rising = CloseOutLadder.rising(adapted.map { $0[level] }, around: own)
      for (rung, loss) in rising.enumerated() { adapted[rung][level] = loss }
    }
    return adapted
  }

  private func corrected(_ loss: Double, notional: Double, level: Double) -> Double {
    guard loss > 0, let entry = position(notional, level) else { return loss }
    return exp(entries[entry].tracking.corrected(log(loss)))
  }

  /// Moves the corrections of a size by what followed; nothing moves where the loss is unknown.
  mutating func observe(_ closeOut: MaturedCloseOut) {
    guard let loss = closeOut.loss else { return }
    for quantile in closeOut.quantiles where quantile.adapted.isFinite {
      guard let entry = position(closeOut.notional, quantile.level) ?? add(closeOut.notional, quantile.level) else {
        continue
      }
      entries[entry].tracking.observe(loss > quantile.adapted ? .missed : .covered)
    }
  }

  /// Forgets the sizes and levels that the terms do not have.
  mutating func keep(only terms: OutcomeTerms) {
    entries.removeAll { !terms.notionals.contains($0.notional) || !terms.levels.contains($0.level) }
  }

  private func position(_ notional: Double, _ level: Double) -> Int? {
    entries.firstIndex { $0.notional == notional && $0.level == level }
  }

  private mutating func add(_ notional: Double, _ level: Double) -> Int? {
    guard let tracking = QuantileTracking(target: 1 - level, step: step) else { return nil }
    entries.append(Entry(notional: notional, level: level, tracking: tracking))
    return entries.count - 1
  }
}

extension AdaptiveCorrections: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var notionals = entries.map(\.notional)
    var levels = entries.map(\.level)
    try archive.exchange(&notionals)
    try archive.exchange(&levels)
    if archive.direction == .reading {
      entries = []
      guard notionals.count == levels.count else { throw StateFault("corrections lack a size or a level") }
      for (notional, level) in zip(notionals, levels) {
        guard add(notional, level) != nil else { throw StateFault("a correction is of no level") }
      }
    }
    for index in entries.indices { try archive.exchange(&entries[index].tracking) }
  }
}
