internal import Configuration
internal import Margining
internal import Markets
public import Reporting

/// Recommended margins as text.
public struct MarginTable {
  let recommendation: MarginRecommendation

  /// Creates the text of recommendations.
  public init(_ recommendation: MarginRecommendation) {
    self.recommendation = recommendation
  }

  /// A table of all tiers and one of the reasons, each under a line that says whether the data was real.
  public func table(_ style: TextTable.Style = .plain) -> String {
    let gap = style == .markdown ? "\n" : ""
    return """
      \(recommendation.provenance.rawValue) · maintenance margins as of \(asOf)
      \(gap)\(margins.text(style))
      \(recommendation.provenance.rawValue) · why
      \(gap)\(reasons.text(style))
      """
  }

  /// The recommended schedules as YAML that can stand in a policy file in place of its section `markets:`.
  public func schedule() -> String {
    """
    # \(recommendation.provenance.rawValue) · recommended maintenance margins as of \(asOf).
    # For each tier the larger margin of both sides.
    \(PolicyText.markets(recommendation.schedules))

    """
  }

  /// The last snapshot of any market.
  private var asOf: String { recommendation.lines.map(\.recommendation.time).max()?.description ?? "never" }

  private var margins: TextTable {
    var columns: [(String, TextTable.Alignment)] = [
      ("market", .left), ("side", .left), ("from notional", .right), ("scheduled", .right), ("recommended", .right),
      ("max leverage", .right), ("since", .left), ("bound by", .left),
    ]
    if isGuarded { columns += [("existing", .right), ("until", .left)] }
    if isWeighed { columns += [("cover USD", .right), ("or add USD", .right), ("cheaper", .left)] }
    var table = TextTable(columns)
    for line in recommendation.lines { table.append(cells(line)) }
    return table
  }

  private func cells(_ line: MarginRecommendation.Line) -> [String] {
    let advice = line.recommendation
    var cells = [
      advice.market.text, advice.side.rawValue, Figures.amount(advice.lowerBound),
      Figures.percent(line.scheduled.fraction), Figures.percent(advice.recommended.fraction),
      "\(advice.maximumLeverage)×", line.lastChange?.description ?? "schedule", advice.binding.rawValue,
    ]
    if isGuarded {
      cells += [
        Figures.percent((advice.existing?.now ?? advice.recommended).fraction),
        advice.existing?.steps.last?.instant.description ?? "",
      ]
    }
    if isWeighed {
      cells += [
        line.injection.map { Figures.amount($0.coverUSD) } ?? "",
        line.injection.map { Figures.amount($0.equalRiskUSD) } ?? "", line.injection?.cheaper?.rawValue ?? "",
      ]
    }
    return cells
  }

  /// Whether existing positions have margins of their own somewhere.
  private var isGuarded: Bool { recommendation.lines.contains { $0.recommendation.existing != nil } }

  /// Whether a raise was weighed against depth somewhere.
  private var isWeighed: Bool { recommendation.lines.contains { $0.injection != nil } }

  /// Whether some margin was asked for by what closing out costs, which the probability does not explain.
  private var isConditional: Bool {
    recommendation.lines.contains { line in
      if case .requirement(.conditional) = line.recommendation.adjustments.first?.reason { true } else { false }
    }
  }

  /// The reasons of each market's side: the same score and the same rules stand behind all its tiers.
  private var reasons: TextTable {
    var table = TextTable(
      [("market", .left), ("side", .left), ("probability", .right), ("largest tier", .left)]
        + (isConditional ? [("its requirement", .left)] : []) + [("log-odds moved by", .left)])
    for line in recommendation.lines.filter(\.isLargestTier) {
      table.append(
        [line.recommendation.market.text, line.recommendation.side.rawValue, probability(line), ruling(line)]
          + (isConditional ? [line.recommendation.adjustments.first?.reason.description ?? ""] : []) + [features(line)])
    }
    return table
  }

  /// The probability, and the conservative one where the policy went by it.
  private func probability(_ line: MarginRecommendation.Line) -> String {
    let point = Figures.percent(line.probability?.value)
    return line.probabilityHigh.map { "\(point), up to \(Figures.percent($0.value))" } ?? point
  }

  func why(_ line: MarginRecommendation.Line) -> String {
    line.reasons.isEmpty ? ruling(line) : "\(ruling(line)); log-odds moved by \(features(line))"
  }

  /// The binding step's reason.
  private func ruling(_ line: MarginRecommendation.Line) -> String {
    let advice = line.recommendation
    return advice.adjustments.first { $0.step == advice.binding }?.reason.description ?? advice.binding.rawValue
  }

  /// The features that move the probability most.
  private func features(_ line: MarginRecommendation.Line) -> String {
    line.reasons.map { reason in
      "\(reason.feature) \(reason.contribution < 0 ? "−" : "+")\(Figures.decimal(abs(reason.contribution), 2))"
    }.joined(separator: ", ")
  }
}
