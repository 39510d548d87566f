public import Validation

/// How good the probabilities behind a back-test were, and how far the inputs drifted.
public struct ForecastQuality: Codable, Sendable {
  /// The probabilities judged as `evaluate` judges a stored model's.
  public let evaluation: EvaluationReport
  /// Points of precision against recall of all onset rows, recall rising.
  public let precisionRecall: [RecallPoint]
  /// The drift of each model input, by month.
  public let drift: [DriftFigures]
  /// The card of the model that was chosen before the first judged instant, as Markdown.
  public let card: String

  /// Creates an account of quality.
  public init(evaluation: EvaluationReport, precisionRecall: [RecallPoint], drift: [DriftFigures], card: String) {
    self.evaluation = evaluation
    self.precisionRecall = precisionRecall
    self.drift = drift
    self.card = card
  }
}

/// A point of a curve of precision against recall.
public struct RecallPoint: Codable, Hashable, Sendable {
  /// The share of events that are caught.
  public let recall: Double
  /// The share of alerts that are events.
  public let precision: Double

  /// Creates a point.
  public init(recall: Double, precision: Double) {
    self.recall = recall
    self.precision = precision
  }
}

/// How far one input's values of one month are from those of the time before the first judged instant.
public struct DriftFigures: Codable, Hashable, Sendable {
  /// The input's name.
  public let input: String
  /// The month, as `2025-10`.
  public let month: String
  /// The population stability index; nil where a sample is empty.
  public let stabilityIndex: Double?

  /// Creates figures.
  public init(input: String, month: String, stabilityIndex: Double?) {
    self.input = input
    self.month = month
    self.stabilityIndex = stabilityIndex
  }
}
