internal import Datasets
internal import Labels
public import Markets
public import ModelStore
internal import Reporting
internal import Validation

/// What a stored model said of a recording, beside what followed, as drift monitors are told it.
public struct OutcomeHistory: Sendable {
  /// The rows of each market, in name order.
  public let markets: [(market: MarketName, rows: WatchedRows)]
  /// The share of misses that the bound on the close-out loss aims at; the bound is the model's highest quantile.
  public let missTarget: Double

  /// Scores the snapshots of a recording from `from` on; earlier books only warm the features up.
  ///
  /// - Throws: `DriftFailure` when no outcome is known; the errors of reading.
  public init(_ artefact: ModelArtefact, recording: Recording, from: Timestamp) throws {
    let dataset = try LabeledHistory(
      recording, features: artefact.features, task: artefact.task, from: from, thresholds: .given(artefact.thresholds)
    ).dataset
    let scorer = ModelScorer(artefact)
    var rows: [MarketName: WatchedRows] = [:]
    for row in dataset.rows() {
      let market = dataset.markets[dataset.marketIndices[row]]
      guard let group = artefact.group(of: market, dataset.sides[row]) else { continue }
      rows[market, default: WatchedRows()].append(row, of: dataset, scorer: scorer, group: group)
    }
    markets = rows.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    missTarget = 1 - (artefact.closeOut?.levels.last ?? 1)
    guard markets.contains(where: { !$0.rows.outcomes.isEmpty }) else { throw DriftFailure.noOutcomes }
  }

  /// What the monitors of a plan say of the outcomes that matured from an instant on, in the order in which they did.
  func watched(by plan: DriftPlan, from: Timestamp) -> DriftReport.Watch {
    var panel = DriftPanel(plan)
    var signals: [DriftReport.Signal] = []
    var (outcomes, losses) = (0, 0)
    var last: Timestamp?
    for (market, rows) in markets {
      let rows = rows.matured(from: from, to: .distantFuture)
      outcomes += rows.outcomes.count
      losses += rows.losses.count
      for row in rows.outcomes {
        let said = panel.observe(market: market, probability: row.probability, outcome: row.happened)
        signals += said.map { DriftReport.Signal(time: row.matured, signal: $0) }
      }
      for row in rows.losses {
        let said = panel.observe(market: market, missed: row.missed)
        signals += said.map { DriftReport.Signal(time: row.matured, signal: $0) }
      }
      last = [last, rows.outcomes.last?.matured, rows.losses.last?.matured].compactMap(\.self).max()
    }
    let monitors = plan.entries.flatMap { entry in
      entry.monitors.map {
        DriftReport.Watcher(market: entry.market, series: $0.series, method: $0.method.name)
      }
    }
    let order = signals.indices.sorted { (signals[$0].time, $0) < (signals[$1].time, $1) }
    return DriftReport.Watch(
      from: from, to: last, outcomes: outcomes, losses: losses, monitors: monitors, signals: order.map { signals[$0] })
  }
}

extension WatchedRows {
  /// Adds what is known of a row.
  fileprivate mutating func append(_ row: Int, of dataset: Dataset, scorer: ModelScorer, group: Int) {
    let features = dataset.features(ofRow: row)
    let matured = dataset.informationEnds[row]
    if dataset.inShortfall[row] == false, let happened = dataset.events[row] {
      outcomes.append(
        Outcome(matured: matured, probability: scorer.probability(of: features, group: group), happened: happened))
    }
    let loss = dataset.closeOutLosses[row]
    if loss.isFinite, let bound = scorer.closeOutQuantiles(of: features, group: group)?.last {
      losses.append(Loss(matured: matured, missed: loss > bound))
    }
  }
}
