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
    return "\(table.text())\(gap)\(evidence(model))\n\(gap)\(tail(model))\n\(ladder(model).map { gap + $0 } ?? "")"
  }

  /// What the training window says of each size of position, over all markets; nil for a model without a ladder.
  private func ladder(_ model: CloseOutModel) -> String? {
    guard let ladder = model.ladder, let level = model.levels.last else { return nil }
    let title = Figures.percent(level, 1) + " of losses, bp"
    var table = TextTable([
      ("notional", .right), (title, .right), ("on stressed days", .right), ("book too thin", .right),
    ])
    for rung in ladder.rungs {
      table.append([
        Figures.amount(rung.notional), basisPoints(rung.losses.all), basisPoints(rung.losses.stressed),
        Figures.percent(rung.exhaustedShare),
      ])
    }
    let returns = ladder.adverseReturns
    return """
      Sizes of position, over the whole window and all markets; '\(model.chosen.rawValue)' is fitted to each. Stressed are a \
      market's days in the top tenth of realised variance. The worst return of the mid within the horizon stayed within \
      \(basisPoints(returns.all)) bp, on stressed days \(basisPoints(returns.stressed)) bp, in the same share of rows.
      \(style == .markdown ? "\n" : "")\(table.text(style))
      """
  }

  private func basisPoints(_ quantiles: GroupQuantiles) -> String {
    Figures.decimal(quantiles.pooled.last.map { $0 * 1e4 }, 1)
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
