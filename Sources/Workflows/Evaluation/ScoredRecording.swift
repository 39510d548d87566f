internal import Datasets
internal import Labels
public import Markets
public import ModelStore
internal import Reporting
public import Validation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a stored model and its baselines said at every snapshot of a recording, beside what followed.
public struct ScoredRecording: Sendable {
  /// One snapshot's side.
  public struct Row: Sendable {
    /// What the market did.
    public let judged: EvaluationRow
    /// The depth on the row's side within the task's band, in quote currency.
    public let depth: Double
    /// The depth below which the side is in shortfall, in quote currency.
    public let threshold: Double
    /// The model's probability.
    public let probability: Double
    /// Each baseline's probability, in the order of `baselineNames`.
    public let baselines: [Double]
  }

  /// Every row in time order.
  public let rows: [Row]
  /// The names of the baselines.
  public let baselineNames: [String]
  /// Whether the data and the model were recorded or simulated.
  public let provenance: Provenance
  /// What the routes to the close-out loss said; nil for a model without them.
  let closeOut: CloseOutForecasts?

  /// Scores the snapshots of a recording from `from` on; earlier books only warm the features up.
  ///
  /// - Throws: `EvaluationFailure` when no row can be judged; the errors of reading.
  public init(
    _ artefact: ModelArtefact, recording: Recording, from: Timestamp = .distantPast, talk: any Talk = Silence()
  ) throws {
    let history = try LabeledHistory(
      recording, features: artefact.features, task: artefact.task, from: from, thresholds: .given(artefact.thresholds))
    let dataset = history.dataset
    guard dataset.count > 0 else { throw EvaluationFailure.noRows(lastBook: recording.lastInstant) }
    let unknown = history.unknownMarkets
    if !unknown.isEmpty {
      talk.step("not scored, because the model was not trained on them: \(unknown.map(\.text).joined(separator: ", "))")
    }
    let scorer = ModelScorer(artefact)
    rows = (0..<dataset.count).compactMap { Self.row($0, of: dataset, scorer: scorer) }
    closeOut = Self.closeOut(of: dataset, scorer: scorer)
    baselineNames = artefact.baselines.map(\.name)
    provenance = Provenance(of: dataset.markets + artefact.groups.map(\.market))
  }

  private static func row(_ row: Int, of dataset: Dataset, scorer: ModelScorer) -> Row? {
    let market = dataset.markets[dataset.marketIndices[row]]
    let side = dataset.sides[row]
    guard let group = scorer.artefact.group(of: market, side) else { return nil }
    let features = dataset.features(ofRow: row)
    let instant = Baseline.Instant(
      row: features, logThreshold: log(dataset.thresholds[row]), group: group, hour: dataset.times[row].hourOfDay,
      isInShortfall: dataset.inShortfall[row] == true)
    return Row(
      judged: EvaluationRow(
        market: market, side: side, time: dataset.times[row], outcome: dataset.events[row],
        inShortfall: dataset.inShortfall[row]),
      depth: dataset.depths[row], threshold: dataset.thresholds[row],
      probability: scorer.probability(of: features, group: group),
      baselines: scorer.artefact.baselines.map { $0.baseline.probability(at: instant) })
  }

  private static func closeOut(of dataset: Dataset, scorer: ModelScorer) -> CloseOutForecasts? {
    guard let model = scorer.artefact.closeOut else { return nil }
    var forecasts = CloseOutForecasts(levels: model.levels)
    for row in dataset.rows() where dataset.closeOutLosses[row].isFinite {
      let market = dataset.markets[dataset.marketIndices[row]]
      guard let group = scorer.artefact.group(of: market, dataset.sides[row]) else { continue }
      let values = scorer.closeOutValues(of: dataset.features(ofRow: row), group: group, model)
      forecasts.append(
        loss: dataset.closeOutLosses[row], day: dataset.times[row].day, values: values.span, group: group,
        routes: model.routes)
    }
    return forecasts
  }

  /// The rows as CSV, one line each under a header; an unknown outcome is empty.
  public func csv() -> String {
    var text = "time,market,side,depth,threshold,in_shortfall,event,model"
    for name in baselineNames { text += "," + name }
    text += "\n"
    for row in rows {
      let judged = row.judged
      var cells = [judged.time.description, CSVCell.text(judged.market.text), judged.side.rawValue]
      cells += [row.depth, row.threshold].map(CSVCell.number)
      cells += [judged.inShortfall, judged.outcome].map(CSVCell.flag)
      cells += ([row.probability] + row.baselines).map(CSVCell.number)
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}
