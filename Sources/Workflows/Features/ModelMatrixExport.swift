internal import Datasets
internal import Learning
public import Markets
public import ModelStore
internal import Reporting

/// Writes what a stored model reads of recorded books, and what it says of it, as CSV: to check or replace it elsewhere.
public struct ModelMatrixExport {
  private let scorer: ModelScorer
  private let classifiers: [(column: String, classifier: ShortfallClassifier)]

  /// Creates an export of a model's inputs.
  public init(_ artefact: ModelArtefact) {
    scorer = ModelScorer(artefact)
    classifiers = [("log_odds", artefact.classifier)] + Self.parts(of: artefact.classifier)
  }

  /// The parts of a blend, under the names of their columns.
  private static func parts(of classifier: ShortfallClassifier) -> [(column: String, classifier: ShortfallClassifier)] {
    guard case .blend(let blend) = classifier else { return [] }
    return [("linear_log_odds", .linear(blend.linear)), ("boosted_log_odds", .boosted(blend.boosted))]
  }

  /// Hands over the lines of the CSV, header first, in pieces.
  ///
  /// One line for each snapshot's side of a market that the model knows, in time order: the inputs as the classifier reads
  /// them, its log-odds before calibration, those of the parts of a blend, whether the side is in shortfall, and whether a
  /// shortfall followed. Numbers are exact; what is undefined or unknown is empty.
  ///
  /// - Throws: `EvaluationFailure` when no row belongs to a known market; the errors of reading.
  public func run(
    recording: Recording, from: Timestamp = .distantPast, talk: any Talk = Silence(), write: (String) -> Void
  ) throws {
    let artefact = scorer.artefact
    let history = try LabeledHistory(
      recording, features: artefact.features, task: artefact.task, from: from, thresholds: .given(artefact.thresholds))
    let dataset = history.dataset
    guard dataset.count > 0 else { throw EvaluationFailure.noRows(lastBook: recording.lastInstant) }
    if !history.unknownMarkets.isEmpty {
      let names = history.unknownMarkets.map(\.text).joined(separator: ", ")
      talk.step("not written, because the model was not trained on them: \(names)")
    }
    let columns =
      ["time", "market", "side"] + artefact.inputs.names + classifiers.map(\.column)
      + ["in_shortfall", "depth_shortfall"]
    write(columns.joined(separator: ",") + "\n")
    for row in 0..<dataset.count {
      if let line = line(row, of: dataset) { write(line) }
    }
  }

  private func line(_ row: Int, of dataset: Dataset) -> String? {
    let (market, side) = (dataset.markets[dataset.marketIndices[row]], dataset.sides[row])
    guard let group = scorer.artefact.group(of: market, side) else { return nil }
    let values = scorer.inputs(of: dataset.features(ofRow: row), group: group)
    var cells = [dataset.times[row].description, CSVCell.text(market.text), side.rawValue]
    cells += values.map(CSVCell.number)
    cells += classifiers.map { CSVCell.number($0.classifier.logOdds(of: values.span, group: group)) }
    cells += [dataset.inShortfall[row], dataset.events[row]].map(CSVCell.flag)
    return cells.joined(separator: ",") + "\n"
  }
}
