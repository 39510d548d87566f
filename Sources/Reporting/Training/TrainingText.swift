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

  /// The facts, the families compared, the walk-forward's scores, what was fitted and the gate's decision.
  public func text() -> String {
    let training = artefact.training
    let families = FamilyTable(training.families)
    let head = """
      \(artefact.provenance.rawValue) · model \(artefact.name), trained \(training.from) to \(training.to)
      \(Figures.count(training.rows)) onset rows, \(Figures.count(training.positives)) positive \
      (\(Figures.percent(training.rate)))\(fitted)

      \(artefact.provenance.rawValue) · families on the same walk-forward folds
      \(families.table.text())\(families.pick)

      Walk-forward inside the training window:

      \(EvaluationText(training.walkForward).text(.headline))

      """
    let closeOut = CloseOutSummary(artefact).text().map { $0 + "\n" } ?? ""
    return head + coefficients + trees + closeOut + "gate: \(training.gate)\n"
  }

  private var fitted: String {
    let training = artefact.training
    var text = ""
    if let fit = training.linear?.fit {
      text += ", penalty \(Figures.decimal(fit.penalty, 2)), \(fit.iterations) Newton steps"
    }
    if let boosting = training.boosting { text += ", \(Figures.count(boosting.rounds)) trees" }
    if let blend = training.blend { text += ", weight of the trees \(Figures.decimal(blend.boostedWeight, 1))" }
    return text
  }

  private var coefficients: String {
    guard let fit = artefact.training.linear?.fit else { return "" }
    return """
      \(artefact.provenance.rawValue) · coefficients of standardised terms
      \(CoefficientTable(fit).table.text())

      """
  }

  private var trees: String {
    guard let boosting = artefact.training.boosting else { return "" }
    let summary = BoostingSummary(boosting, columnNames: artefact.inputs.names)
    return """
      \(summary.settings)
      \(summary.rounds)
      \(summary.constraints)

      \(artefact.provenance.rawValue) · importance of the columns to the trees
      \(summary.importances().text())

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
