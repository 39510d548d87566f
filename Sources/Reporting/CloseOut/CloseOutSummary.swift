internal import Learning
internal import LinearModels
internal import Markets
internal import ModelStore

/// The quantiles of the close-out loss that a model was trained to give.
struct CloseOutSummary {
  private let artefact: ModelArtefact
  private let style: TextTable.Style

  init(_ artefact: ModelArtefact, style: TextTable.Style = .plain) {
    self.artefact = artefact
    self.style = style
  }

  /// The walk-forward's table with the evidence and the tail; nil for a model without quantiles.
  func text() -> String? {
    guard let model = artefact.closeOut,
      let table = CloseOutText(
        model.record.walkForward, of: artefact, provenance: artefact.provenance, style: style)
    else { return nil }
    let gap = style == .markdown ? "\n" : ""
    return "\(table.text())\(gap)\(evidence(model))\n\(gap)\(tail(model))\n"
  }

  private func evidence(_ model: CloseOutModel) -> String {
    let record = model.record
    return """
      Walk-forward over \(record.folds) folds inside the training window. Both routes read \
      \(model.inputs.names.joined(separator: ", ")); losses below \(Figures.decimal(model.lossFloor * 1e4, 1)) bp count as \
      that. \(Figures.count(record.rows)) rows of known loss: \(Figures.count(record.fittedRows)) fitted, \
      \(Figures.count(record.calibrationRows)) later ones for the correction.
      """
  }

  private func tail(_ model: CloseOutModel) -> String {
    let tail = model.routes.scale.model.tail
    guard let pareto = tail.pareto else {
      return "The tail of the standardised loss is empirical: \(tail.refusal ?? "none was asked for")."
    }
    return """
      The tail of the standardised loss is generalised Pareto above \(Figures.decimal(pareto.threshold, 3)): shape \
      \(Figures.decimal(pareto.excesses.shape, 3)) (standard error \(Figures.decimal(pareto.shapeError, 3)), as if rows were \
      independent), scale \(Figures.decimal(pareto.excesses.scale, 3)), \(Figures.count(pareto.excessCount)) excesses.
      """
  }
}
