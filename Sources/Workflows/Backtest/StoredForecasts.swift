internal import Datasets
internal import Labels
package import Markets
package import ModelStore

/// What a stored model, which learns nothing more, says of recorded rows.
package struct StoredForecasts {
  private let scorer: ModelScorer
  private let ladder: CloseOutLadder

  /// Creates forecasts by a model.
  ///
  /// - Throws: `BacktestFailure` for a model without quantiles of the close-out loss, or stored without a ladder of sizes.
  package init(_ artefact: ModelArtefact) throws(BacktestFailure) {
    guard let closeOut = artefact.closeOut else { throw .noCloseOutQuantile(artefact.name) }
    guard let ladder = closeOut.ladder else {
      throw .setting("\(artefact.name) was stored without a ladder of sizes of position; train it anew")
    }
    scorer = ModelScorer(artefact)
    self.ladder = ladder
  }

  /// The first instant from `from` on that the model did not learn from.
  package func judgedFrom(_ from: Timestamp) -> Timestamp {
    switch scorer.artefact.origin {
    case .trained(let record): max(from, record.to)
    case .imported: from
    }
  }

  /// The rows of a recording as the model's task, features and thresholds have them, with the losses of its sizes.
  ///
  /// - Throws: The errors of reading.
  package func history(of recording: Recording) throws -> LabeledHistory {
    let artefact = scorer.artefact
    return try LabeledHistory(
      recording, features: artefact.features, task: artefact.task, from: .distantPast,
      thresholds: .given(artefact.thresholds), notionals: ladder.notionals)
  }

  /// What the model says of each row from `from` on; nothing of earlier rows.
  package func said(of history: LabeledHistory, from: Timestamp) -> SideForecasts {
    let dataset = history.dataset
    var said = SideForecasts(count: dataset.count, rungCount: ladder.notionals.count)
    for row in dataset.rows(from: from) {
      let market = dataset.markets[dataset.marketIndices[row]]
      guard let group = scorer.artefact.group(of: market, dataset.sides[row]) else { continue }
      say(row, of: dataset, group: group, in: &said)
    }
    return said
  }

  private func say(_ row: Int, of dataset: Dataset, group: Int, in said: inout SideForecasts) {
    let features = dataset.features(ofRow: row)
    let probability = scorer.probabilities(of: features, group: group)
    said.points[row] = probability.point
    said.probabilities[row] = probability.conservative
    said.events[row] = dataset.events[row]
    said.inShortfall[row] = dataset.inShortfall[row]
    said.thresholds[row] = dataset.thresholds[row]
    said.histories[row] = SideHistory(ladder, group: group)
    guard let own = scorer.closeOutQuantiles(of: features, group: group),
      let quantiles = scorer.ladderQuantiles(of: features, group: group, own: own)
    else { return }
    for (rung, levels) in quantiles.enumerated() { said.losses[rung][row] = levels.last ?? .nan }
  }
}
