package import Backtesting
internal import Datasets
internal import Labels
package import Markets
package import ModelStore
package import Validation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Judges the probabilities behind a back-test as `evaluate` judges a stored model's, and how far their inputs drifted.
package struct QualityJudgement {
  private let choices: StoredModel
  private let history: LabeledHistory
  private let bootstrap: DayBlockBootstrap

  /// What was said of each row of the history, and what was known of it on the night that it belongs to.
  package struct Said {
    /// The probabilities; NaN of rows that nothing was said of.
    package let probabilities: [Double]
    /// Whether depth fell short of the night's threshold; nil where unknown.
    package let events: [Bool?]
    /// Whether the row's book was in shortfall of the night's threshold; nil where unknown.
    package let inShortfall: [Bool?]
    /// The night's depths below which the row's side is in shortfall, in quote currency.
    package let thresholds: [Double]

    /// Creates what was said; the lists have one place for each row of the history.
    package init(probabilities: [Double], events: [Bool?], inShortfall: [Bool?], thresholds: [Double]) {
      self.probabilities = probabilities
      self.events = events
      self.inShortfall = inShortfall
      self.thresholds = thresholds
    }
  }

  /// Prepares the judgement of a history.
  ///
  /// - Parameters:
  ///   - choices: What was chosen before the first judged instant, with its card.
  ///   - bootstrap: How intervals are computed.
  package init(choices: StoredModel, history: LabeledHistory, bootstrap: DayBlockBootstrap) {
    self.choices = choices
    self.history = history
    self.bootstrap = bootstrap
  }

  /// The quality of what was said; the inputs' drift is that of the months since `from` against the time before.
  ///
  /// The baselines are those of the choices: fitted once, before `from`, and read at each night's thresholds.
  ///
  /// - Throws: `EvaluationFailure` when the rows cannot be judged.
  package func quality(of said: Said, from: Timestamp) throws -> ForecastQuality {
    let rows = history.dataset.rows().filter { !said.probabilities[$0].isNaN && group(ofRow: $0) != nil }
    return ForecastQuality(
      evaluation: try evaluation(of: rows, said), precisionRecall: precisionRecall(of: rows, said),
      drift: InputDrift(choices.artefact, history.dataset).figures(since: from), card: choices.card)
  }

  private func evaluation(of rows: [Int], _ said: Said) throws -> EvaluationReport {
    let artefact = choices.artefact
    let instants = rows.map { instant(ofRow: $0, said) }
    let markets = history.dataset.markets + artefact.groups.map(\.market)
    return try EvaluationRun(
      task: artefact.task, provenance: Provenance(of: markets), rates: artefact.origin.rates, bootstrap: bootstrap
    ).report(
      rows.map { judged($0, said) }, model: rows.map { said.probabilities[$0] },
      baselines: artefact.baselines.map { named in (named.name, instants.map(named.baseline.probability(at:))) })
  }

  private func precisionRecall(of rows: [Int], _ said: Said) -> [RecallPoint] {
    let onset = rows.filter { said.events[$0] != nil && said.inShortfall[$0] == false }
    let curve = PrecisionRecallCurve(
      scores: onset.map { said.probabilities[$0] }, outcomes: onset.map { said.events[$0] == true })
    return curve.points.map { RecallPoint(recall: $0.recall, precision: $0.precision) }
  }

  private func judged(_ row: Int, _ said: Said) -> EvaluationRow {
    let dataset = history.dataset
    return EvaluationRow(
      market: dataset.markets[dataset.marketIndices[row]], side: dataset.sides[row], time: dataset.times[row],
      outcome: said.events[row], inShortfall: said.inShortfall[row])
  }

  private func instant(ofRow row: Int, _ said: Said) -> Baseline.Instant {
    Baseline.Instant(
      row: history.dataset.features(ofRow: row), logThreshold: log(said.thresholds[row]),
      group: group(ofRow: row) ?? 0, hour: history.dataset.times[row].hourOfDay,
      isInShortfall: said.inShortfall[row] == true)
  }

  private func group(ofRow row: Int) -> Int? {
    let dataset = history.dataset
    return choices.artefact.group(of: dataset.markets[dataset.marketIndices[row]], dataset.sides[row])
  }
}
