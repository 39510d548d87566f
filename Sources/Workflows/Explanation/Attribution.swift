internal import Learning
internal import ModelStore
internal import Reporting

/// One row's log-odds taken apart, input by input.
package struct Attribution: Sendable {
  /// The mean log-odds of the training rows.
  package let base: Double
  /// How far each input moves the log-odds, in the order of the model's inputs.
  package let contributions: [Double]
  /// The log-odds as scoring computes them, not summed from the contributions.
  package let logOdds: Double
  /// The calibrated probability.
  package let probability: Double

  /// Creates an attribution.
  package init(base: Double, contributions: [Double], logOdds: Double, probability: Double) {
    self.base = base
    self.contributions = contributions
    self.logOdds = logOdds
    self.probability = probability
  }

  /// The positions of the contributions, the largest absolute one first; equal ones in the inputs' order.
  package var order: [Int] {
    contributions.indices.sorted { (abs(contributions[$1]), $0) < (abs(contributions[$0]), $1) }
  }

  /// How far the base and the contributions, added in `order`, are from the log-odds.
  package var gap: Double {
    abs(order.reduce(base) { $0 + contributions[$1] } - logOdds)
  }

  /// Whether base and contributions are the log-odds, to 1e-9; never when one of them is undefined.
  package var isComplete: Bool { gap <= ExplanationReport.tolerance }
}

extension ModelScorer {
  /// The row's log-odds taken apart, in the same log-odds as the reasons of its score.
  ///
  /// - Parameters:
  ///   - row: One side's features, as the artefact's schema names them.
  ///   - group: The number of the row's market and side.
  package func attribution(of row: [Double], group: Int) -> Attribution {
    let values = inputs(of: row, group: group)
    let explanation = plan.classifier.explain(values.span, group: group)
    let logOdds = plan.classifier.logOdds(of: values.span, group: group)
    let line = plan.reasonLine
    return Attribution(
      base: line.intercept + line.slope * explanation.base,
      contributions: explanation.contributions.map { $0 * line.slope },
      logOdds: line.intercept + line.slope * logOdds,
      probability: sigmoid(plan.calibrator.calibrated(logOdds: logOdds)))
  }
}
