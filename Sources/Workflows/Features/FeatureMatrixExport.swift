public import Configuration
internal import Datasets
internal import Features
internal import Labels
public import Markets
internal import Reporting

/// Writes the feature matrix with its labels as CSV, for use elsewhere.
public struct FeatureMatrixExport {
  private let features: FeatureConfiguration
  private let configuration: TrainingConfiguration

  /// Creates an export of what a training configuration would learn from.
  public init(_ configuration: TrainingConfiguration) {
    self.configuration = configuration
    features = configuration.features
  }

  private static let labelColumns = [
    "depth", "threshold", "in_shortfall", "depth_shortfall", "censoring", "margin_shortfall", "close_out_loss",
    "close_out_drift", "close_out_liquidity",
  ]

  /// Hands over the lines of the CSV, header first, in pieces.
  ///
  /// One line for each snapshot's side, in time order. Numbers are exact; what is undefined or unknown is empty.
  public func run(
    recording: Recording, from: Timestamp = .distantPast, write: (String) -> Void
  ) throws {
    let dataset = try LabeledHistory(
      recording, features: features, task: configuration.task, from: from, thresholds: .fitted
    ).dataset
    write((["time", "market", "side"] + dataset.schema.names + Self.labelColumns).joined(separator: ",") + "\n")
    for row in 0..<dataset.count { write(Self.line(row, of: dataset)) }
  }

  private static func line(_ row: Int, of dataset: Dataset) -> String {
    var cells = [
      dataset.times[row].description, CSVCell.text(dataset.markets[dataset.marketIndices[row]].text),
      dataset.sides[row].rawValue,
    ]
    cells += dataset.features(ofRow: row).map(CSVCell.number)
    cells += [dataset.depths[row], dataset.thresholds[row]].map(CSVCell.number)
    cells += [dataset.inShortfall[row], dataset.events[row]].map(CSVCell.flag)
    cells.append(dataset.censoringReasons[row]?.rawValue ?? "")
    cells.append(CSVCell.flag(dataset.marginShortfalls[row]))
    cells += [dataset.closeOutLosses, dataset.closeOutDrifts, dataset.closeOutLiquidities].map {
      CSVCell.number($0[row])
    }
    return cells.joined(separator: ",") + "\n"
  }
}
