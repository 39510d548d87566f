internal import Features
internal import Labels
internal import LinearModels
internal import MarketData
internal import Markets
public import ModelStore
internal import Validation

/// A model's card in Markdown: what it predicts, from what, how well, and what it must not be used for.
public struct ModelCard {
  private let artefact: ModelArtefact

  /// Creates the card of an artefact.
  public init(_ artefact: ModelArtefact) {
    self.artefact = artefact
  }

  /// The card.
  public func markdown() -> String {
    [
      "# Model card: \(artefact.name)\n", purpose, data, origin, thresholds, inputs, families, walkForward,
      coefficients, penalties, trees, blend, closeOut, limits,
    ].compactMap(\.self).joined(separator: "\n")
  }

  private var training: TrainingRecord? { artefact.origin.training }

  private var purpose: String {
    let task = artefact.task
    return """
      **\(artefact.provenance.rawValue) data.** Probability that depth within \(task.band) of the mid, on the side on which a \
      liquidation executes, falls below the threshold of its market and side \(occupancy) in the \(task.horizon) that \
      follow\(task.latency == .zero ? "" : ", from \(task.latency) on"). \(family).\(interval)

      """
  }

  private var interval: String {
    artefact.interval == nil
      ? "" : " A Venn-Abers interval from out-of-fold rows stands beside each probability; margins go by its upper end."
  }

  private var family: String {
    switch artefact.origin {
    case .trained(let training): Self.family(training)
    case .imported(let record): ImportSummary(record, artefact.classifier).family
    }
  }

  private static func family(_ training: TrainingRecord) -> String {
    let linear = training.linear.map {
      "ogistic regression, \($0.fit.method.rawValue), penalty \(Figures.decimal($0.fit.penalty, 2))"
    }
    let trees = training.boosting.map { "radient boosting of \(Figures.count($0.rounds)) trees" }
    switch (linear, trees, training.blend) {
    case (let linear?, let trees?, let blend?):
      let share = Figures.percent(blend.boostedWeight, 0)
      return "Blend of log-odds: \(share) g\(trees), the rest l\(linear)"
    case (let linear?, _, _): return "L\(linear)"
    case (_, let trees?, _): return "G\(trees)"
    default: return "No model"
    }
  }

  private var occupancy: String {
    switch artefact.task.occupancy {
    case .anySnapshot: "in any snapshot"
    case .shareOfTime(let share): "for at least \(Figures.percent(share, 0)) of the time"
    }
  }

  private var data: String? {
    training.map { training in
      """
      ## Training data

      \(training.from) to \(training.to): \(Figures.count(training.snapshots)) snapshots, \
      \(Figures.count(training.rows)) onset rows, \(Figures.count(training.positives)) positive \
      (\(Figures.percent(training.rate))), \(Figures.count(training.censored)) rows of unknown outcome left out. \
      Linear algebra by \(training.linearAlgebraProvider).

      \(FileTable(training.files).table.text(.markdown))
      """
    }
  }

  private var origin: String? {
    switch artefact.origin {
    case .trained: nil
    case .imported(let record): ImportSummary(record, artefact.classifier).section
    }
  }

  private var thresholds: String {
    var table = TextTable([("market", .left), ("sell threshold (quote)", .right), ("buy threshold (quote)", .right)])
    for entry in artefact.thresholds.entries {
      table.append([entry.market.text, Figures.amount(entry.depth.sell), Figures.amount(entry.depth.buy)])
    }
    return "## Thresholds\n\n" + table.text(.markdown)
  }

  private var inputs: String {
    var table = TextTable([("feature", .left), ("unit", .left), ("definition", .left)])
    for column in artefact.inputs.columns {
      let definition = artefact.schema.definitions[column.position]
      let unit = column.isLogDepth ? "\(definition.unit), less ln threshold" : definition.unit
      table.append([definition.name, unit, definition.definition])
    }
    return "## Inputs\n\n" + table.text(.markdown)
  }

  private var walkForward: String? {
    training.map { training in
      """
      ## Walk-forward inside the training window

      \(EvaluationText(training.walkForward, style: .markdown).text(.headline))
      Gate: \(training.gate).

      """
    }
  }

  private var families: String? {
    training.map { training in
      let families = FamilyTable(training.families)
      return """
        ## Families compared

        On the same folds, onset rows of known outcome. The penalty and the family are chosen on these figures too, which \
        flatters the one that is picked; a blend is judged in each fold with a weight from the folds before it.

        \(families.table.text(.markdown))
        P\(families.pick.dropFirst()).

        """
    }
  }

  private var coefficients: String? {
    training?.linear.map { linear in
      "## Coefficients\n\nOf standardised terms.\n\n" + CoefficientTable(linear.fit).table.text(.markdown)
    }
  }

  private var penalties: String? {
    training?.linear.map { linear in
      var table = TextTable([("penalty", .right), ("log loss", .right), ("standard error", .right)])
      for score in linear.search {
        table.append([
          Figures.decimal(score.penalty, 2), Figures.decimal(score.meanLoss, 5),
          Figures.decimal(score.standardError, 5),
        ])
      }
      return "## Penalties tried\n\n" + table.text(.markdown)
    }
  }

  private var trees: String? {
    training?.boosting.map { boosting in
      let summary = BoostingSummary(boosting, columnNames: artefact.inputs.names)
      return """
        ## Trees

        \(summary.settings)

        \(summary.rounds)

        \(summary.constraints)

        \(summary.importances.text(.markdown))
        """
    }
  }

  private var blend: String? {
    training?.blend.map { blend in
      var table = TextTable([("weight of the trees", .right), ("log loss", .right)])
      for score in blend.search {
        table.append([Figures.decimal(score.boostedWeight, 1), Figures.decimal(score.logLoss, 5)])
      }
      let judged = blend.judgedWeights.map { Figures.decimal($0, 1) }.joined(separator: ", ")
      return """
        ## Weights tried

        On the log-odds of all folds. The folds themselves were judged with weights from the folds before them: \(judged).

        \(table.text(.markdown))
        """
    }
  }

  private var closeOut: String? {
    CloseOutSummary(artefact, style: .markdown).text().map { "## Close-out loss\n\n" + $0 }
  }

  private var limits: String {
    """
    ## Limits

    - It speaks of the markets and sides in the table of thresholds, at a cadence like that of its training data, and of no others.
    - It predicts a shortfall of *displayed* depth. What a recorder does not keep is censored, not empty.
    - \(evidence)
    - The probability says how likely a shortfall is, not what it costs.

    """
  }

  private var evidence: String {
    switch artefact.origin {
    case .trained: "Figures above come from the training window. `shortfall evaluate` judges later data."
    case .imported:
      "No figure above says how well it does. `shortfall evaluate` judges it on data that its training cannot have seen."
    }
  }
}
