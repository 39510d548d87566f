internal import LinearModels
internal import Markets
public import ModelStore
internal import Validation

/// How a model came about, for a terminal: a training run's result, or what an import took from where.
public struct TrainingText {
  private let artefact: ModelArtefact

  /// Creates the text of an artefact's origin.
  public init(_ artefact: ModelArtefact) {
    self.artefact = artefact
  }

  /// The facts, the families compared, the walk-forward's scores, what was fitted and the gate's decision; of an imported
  /// model where its parts come from.
  public func text() -> String {
    switch artefact.origin {
    case .trained(let training): text(training)
    case .imported(let record): text(ImportSummary(record, artefact.classifier))
    }
  }

  private func text(_ summary: ImportSummary) -> String {
    """
    \(artefact.provenance.rawValue) · model \(artefact.name), imported
    \(summary.family)
    \(summary.file)
    \(summary.template)

    \(artefact.provenance.rawValue) · importance of the columns to the trees
    \(summary.importances.text())
    gate: \(summary.gate)

    """
  }

  private func text(_ training: TrainingRecord) -> String {
    let families = FamilyTable(training.families)
    let head = """
      \(artefact.provenance.rawValue) · model \(artefact.name), trained \(training.from) to \(training.to)
      \(Figures.count(training.rows)) onset rows, \(Figures.count(training.positives)) positive \
      (\(Figures.percent(training.rate)))\(fitted(training))

      \(artefact.provenance.rawValue) · families on the same walk-forward folds
      \(families.table.text())\(families.pick)

      Walk-forward inside the training window:

      \(EvaluationText(training.walkForward).text(.headline))

      """
    let closeOut = CloseOutSummary(artefact).text().map { $0 + "\n" } ?? ""
    return head + coefficients(training) + trees(training) + closeOut + "gate: \(training.gate)\n"
  }

  private func fitted(_ training: TrainingRecord) -> String {
    var text = ""
    if let fit = training.linear?.fit {
      text += ", penalty \(Figures.decimal(fit.penalty, 2)), \(fit.iterations) Newton steps"
    }
    if let boosting = training.boosting { text += ", \(Figures.count(boosting.rounds)) trees" }
    if let blend = training.blend { text += ", weight of the trees \(Figures.decimal(blend.boostedWeight, 1))" }
    return text
  }

  private func coefficients(_ training: TrainingRecord) -> String {
    guard let fit = training.linear?.fit else { return "" }
    return """
      \(artefact.provenance.rawValue) · coefficients of standardised terms
      \(CoefficientTable(fit).table.text())

      """
  }

  private func trees(_ training: TrainingRecord) -> String {
    guard let boosting = training.boosting else { return "" }
    let summary = BoostingSummary(boosting, columnNames: artefact.inputs.names)
    return """
      \(summary.settings)
      \(summary.rounds)
      \(summary.constraints)

      \(artefact.provenance.rawValue) · importance of the columns to the trees
      \(summary.importances.text())

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
