internal import Margining
internal import Markets
public import Reporting

/// Recommended margins as text.
public struct MarginTable {
  private let recommendation: MarginRecommendation

  /// Creates the text of recommendations.
  public init(_ recommendation: MarginRecommendation) {
    self.recommendation = recommendation
  }

  /// A table of all tiers and one of the reasons, each under a line that says whether the data was real.
  public func table(_ style: TextTable.Style = .plain) -> String {
    let last = recommendation.lines.map(\.recommendation.time).max()?.description ?? "never"
    let gap = style == .markdown ? "\n" : ""
    return """
      \(recommendation.provenance.rawValue) · maintenance margins as of \(last)
      \(gap)\(margins.text(style))
      \(recommendation.provenance.rawValue) · why
      \(gap)\(reasons.text(style))
      """
  }

  private var margins: TextTable {
    var table = TextTable([
      ("market", .left), ("side", .left), ("from notional", .right), ("scheduled", .right), ("recommended", .right),
      ("max leverage", .right), ("since", .left), ("bound by", .left),
    ])
    for line in recommendation.lines {
      let advice = line.recommendation
      table.append([
        advice.market.text, advice.side.rawValue, Figures.amount(advice.lowerBound),
        Figures.percent(line.scheduled.fraction), Figures.percent(advice.recommended.fraction),
        "\(advice.maximumLeverage)×", line.lastChange?.description ?? "schedule", advice.binding.rawValue,
      ])
    }
    return table
  }

  /// The reasons of each market's side: the same score and the same rules stand behind all its tiers.
  private var reasons: TextTable {
    var table = TextTable([
      ("market", .left), ("side", .left), ("probability", .right), ("largest tier", .left),
      ("log-odds moved by", .left),
    ])
    for line in recommendation.lines.filter(\.isLargestTier) {
      table.append([
        line.recommendation.market.text, line.recommendation.side.rawValue, probability(line),
        ruling(line), features(line),
      ])
    }
    return table
  }

  /// CSV with a header; fractions of notional, probabilities from 0 to 1.
  public func csv() -> String {
    var text =
      "provenance,time,market,side,from_notional,scheduled,recommended,initial,max_leverage,deduction,probability,"
    text += "multiplier,last_change,binding,why\n"
    for line in recommendation.lines {
      let advice = line.recommendation
      let cells = [
        recommendation.provenance.rawValue, advice.time.description, CSVCell.text(advice.market.text),
        advice.side.rawValue,
        "\(advice.lowerBound)", "\(line.scheduled.fraction)", "\(advice.recommended.fraction)",
        "\(advice.initialMargin.fraction)", "\(advice.maximumLeverage)", "\(advice.deduction)",
        line.probability.map { "\($0.value)" } ?? "", advice.multiplier.map { "\($0)" } ?? "",
        line.lastChange?.description ?? "", advice.binding.rawValue, CSVCell.text(why(line)),
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  /// One JSON object on a line for each tier, with every step of the control chain.
  public func jsonLines() -> String {
    String(decoding: recommendation.lines.flatMap { json($0).line() }, as: UTF8.self)
  }

  private func json(_ line: MarginRecommendation.Line) -> JSONLine {
    let advice = line.recommendation
    var object = JSONLine()
    object.add("provenance", recommendation.provenance.rawValue)
    object.add("time", advice.time.description)
    object.add("market", advice.market.text)
    object.add("side", advice.side.rawValue)
    object.add("fromNotional", advice.lowerBound)
    object.add("scheduled", line.scheduled.fraction)
    object.add("current", advice.current.fraction)
    object.add("recommended", advice.recommended.fraction)
    object.add("initial", advice.initialMargin.fraction)
    object.add("maximumLeverage", advice.maximumLeverage)
    object.add("deduction", advice.deduction)
    object.add("probability", line.probability?.value ?? .nan)
    if let high = line.probabilityHigh { object.add("probabilityHigh", high.value) }
    object.add("multiplier", advice.multiplier ?? .nan)
    if let change = line.lastChange {
      object.add("lastChange", change.description)
    } else {
      object.addNull("lastChange")
    }
    object.add("binding", advice.binding.rawValue)
    object.add("adjustments", objects: advice.adjustments.map(json))
    object.add("reasons", objects: line.reasons.map(json))
    return object
  }

  /// The probability, and the conservative one where the policy went by it.
  private func probability(_ line: MarginRecommendation.Line) -> String {
    let point = Figures.percent(line.probability?.value)
    return line.probabilityHigh.map { "\(point), up to \(Figures.percent($0.value))" } ?? point
  }

  private func json(_ adjustment: Adjustment) -> JSONLine {
    var object = JSONLine()
    object.add("step", adjustment.step.rawValue)
    object.add("before", adjustment.before.fraction)
    object.add("after", adjustment.after.fraction)
    object.add("reason", adjustment.reason.description)
    return object
  }

  private func json(_ reason: Reason) -> JSONLine {
    var object = JSONLine()
    object.add("feature", reason.feature)
    object.add("value", reason.value)
    object.add("contribution", reason.contribution)
    return object
  }

  private func why(_ line: MarginRecommendation.Line) -> String {
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
