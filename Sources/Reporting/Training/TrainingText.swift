internal import LinearModels
internal import Markets
public import ModelStore
internal import Validation

/// A training run's result for a terminal.
public struct TrainingText {
  private let artefact: ModelArtefact

  /// Creates the text of an artefact's training.
  public init(_ artefact: ModelArtefact) {
    self.artefact = artefact
  }

  /// The facts, the walk-forward's scores, the coefficients and the gate's decision.
  public func text() -> String {
    let training = artefact.training
    return """
      \(artefact.provenance.rawValue) · model \(artefact.name), trained \(training.from) to \(training.to)
      \(Figures.count(training.rows)) onset rows, \(Figures.count(training.positives)) positive \
      (\(Figures.percent(training.rate))), penalty \(Figures.decimal(training.fit.penalty, 2)), \
      \(training.fit.iterations) Newton steps

      Walk-forward inside the training window:

      \(EvaluationText(training.walkForward).text(.headline))
      \(artefact.provenance.rawValue) · coefficients of standardised terms
      \(CoefficientTable(training.fit).table.text())
      gate: \(training.gate)

      """
  }
}

extension GateDecision: CustomStringConvertible {
  /// The decision in words.
  public var description: String {
    let comparison = isPassed ? "reaches" : "is below"
    return
      "walk-forward skill \(Figures.percent(skill)) over \(bestBaseline) \(comparison) the minimum of \(Figures.percent(minimumSkill))"
  }
}
