public import Validation

/// How well both routes to the close-out loss and the baseline did on the same rows.
public struct CloseOutEvaluation: Codable, Hashable, Sendable {
  /// The route that the model goes by.
  public let chosen: CloseOutRoute
  /// Level by level both routes, then the baseline; empty when the loss of no row is known.
  public let scores: [QuantileScore]

  /// Creates an evaluation.
  public init(chosen: CloseOutRoute, scores: [QuantileScore]) {
    self.chosen = chosen
    self.scores = scores
  }
}

/// A model's evaluation as it is written: the report, and the quantiles of the close-out loss where the model has them.
public struct JudgedModel: Encodable, Sendable {
  /// The scores of the probabilities.
  public let report: EvaluationReport
  /// The scores of the close-out quantiles; nil for a model without them.
  public let closeOut: CloseOutEvaluation?

  /// Creates a pair.
  public init(report: EvaluationReport, closeOut: CloseOutEvaluation?) {
    self.report = report
    self.closeOut = closeOut
  }

  private enum CodingKeys: String, CodingKey { case closeOut }

  /// Writes the report's keys and, where there are quantiles, `closeOut`.
  public func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(closeOut, forKey: .closeOut)
  }
}
