internal import Checkpoints
internal import Labels
internal import Markets
internal import ModelStore

/// What a market's predictions are judged by: it belongs to the model that said them.
struct OutcomeTerms: Hashable, Sendable {
  /// The depths in quote currency below which its sides are in shortfall.
  let thresholds: BySide<Double>
  /// The sizes whose close-out losses are predicted, in quote currency, rising; none for a model without quantiles.
  let notionals: [Double]
  /// The levels of the quantiles, rising.
  let levels: [Double]

  /// The terms of each market that a model knows.
  static func all(of artefact: ModelArtefact) -> [MarketName: OutcomeTerms] {
    let own = artefact.task.closeOut.map { [$0.notional] } ?? []
    let notionals = artefact.closeOut.map { $0.ladder?.notionals ?? own } ?? []
    let levels = artefact.closeOut?.levels ?? []
    let terms = artefact.thresholds.entries.map { entry in
      (entry.market, OutcomeTerms(thresholds: entry.depth, notionals: notionals, levels: levels))
    }
    return Dictionary(terms, uniquingKeysWith: { first, _ in first })
  }

  private init(thresholds: BySide<Double>, notionals: [Double], levels: [Double]) {
    self.thresholds = thresholds
    self.notionals = notionals
    self.levels = levels
  }

  /// The quantiles of a score, one list of levels for each size; nil when they are not of these sizes and levels.
  func losses(of score: SideScore) -> [[Double]]? {
    if let ladder = score.closeOutLadder {
      guard ladder.count == levels.count, ladder.allSatisfy({ $0.rungs.count == notionals.count }) else { return nil }
      return notionals.indices.map { rung in ladder.map { $0.rungs[rung].loss } }
    }
    guard let quantiles = score.closeOutQuantiles, quantiles.count == levels.count, notionals.count == 1 else {
      return nil
    }
    return [quantiles.map(\.loss)]
  }

  /// Whether there is a number for each size and level.
  func fit(_ losses: [[Double]]) -> Bool {
    losses.isEmpty || losses.count == notionals.count && losses.allSatisfy { $0.count == levels.count }
  }
}

extension OutcomeTerms: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    thresholds = try BySide<Double>(from: &archive)
    notionals = try [Double](from: &archive)
    levels = try [Double](from: &archive)
  }

  func write(to archive: inout StateArchive) {
    thresholds.write(to: &archive)
    notionals.write(to: &archive)
    levels.write(to: &archive)
  }
}
