internal import Margining
internal import Markets
internal import Reporting

extension MarginTable {
  /// CSV with a header; fractions of notional, probabilities from 0 to 1, costs in quote currency a day.
  public func csv() -> String {
    let columns = [
      "provenance", "time", "market", "side", "from_notional", "scheduled", "recommended", "initial", "max_leverage",
      "deduction", "probability", "probability_high", "multiplier", "last_change", "binding", "existing",
      "existing_until", "injection_usd", "injection_cost_per_day", "raise_cost_per_day", "cheaper", "why",
    ]
    return ([columns] + recommendation.lines.map(cells)).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private func cells(_ line: MarginRecommendation.Line) -> [String] {
    let advice = line.recommendation
    let injection = line.injection
    func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    return [
      recommendation.provenance.rawValue, advice.time.description, CSVCell.text(advice.market.text),
      advice.side.rawValue, "\(advice.lowerBound)", "\(line.scheduled.fraction)", "\(advice.recommended.fraction)",
      "\(advice.initialMargin.fraction)", "\(advice.maximumLeverage)", "\(advice.deduction)",
      text(line.probability?.value), text(line.probabilityHigh?.value), text(advice.multiplier),
      line.lastChange?.description ?? "", advice.binding.rawValue, text(advice.existing?.now.fraction),
      advice.existing?.steps.last?.instant.description ?? "", text(injection?.equalRiskUSD),
      text(injection?.injectionCostPerDay), text(injection?.raiseCostPerDay), injection?.cheaper?.rawValue ?? "",
      CSVCell.text(why(line)),
    ]
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
    object.add("initialReason", advice.initialReason.description)
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
    if let existing = advice.existing { object.add("existing", object: existing.object) }
    if let injection = line.injection { object.add("injection", object: json(injection)) }
    object.add("adjustments", objects: advice.adjustments.map(\.object))
    object.add("reasons", objects: line.reasons.map(\.object))
    return object
  }

  private func json(_ injection: LiquidityInjection) -> JSONLine {
    var object = JSONLine()
    object.add("coverUSD", injection.coverUSD)
    object.add("equalRiskUSD", injection.equalRiskUSD ?? .nan)
    object.add("injectionCostPerDay", injection.injectionCostPerDay ?? .nan)
    object.add("raiseCostPerDay", injection.raiseCostPerDay ?? .nan)
    if let cheaper = injection.cheaper {
      object.add("cheaper", cheaper.rawValue)
    } else {
      object.addNull("cheaper")
    }
    return object
  }
}
