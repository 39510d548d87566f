internal import Margining
internal import Markets
internal import Reporting

extension MarginNotice {
  /// The notice as one JSON object on a line, with its line end.
  ///
  /// Rates are fractions of notional; what is not defined is null.
  public func line() -> [UInt8] {
    var line = JSONLine()
    line.add("time", time.description)
    line.add("market", market.text)
    line.add("side", side.rawValue)
    line.add("number", number)
    line.add("occasion", occasion.rawValue)
    if let expires { line.add("expires", expires.description) } else { line.addNull("expires") }
    if let hold { line.add("hold", hold.description) }
    if let score {
      line.add("probability", score.probability.value)
      if score.interval != nil { line.add("probabilityHigh", score.policyProbability.value) }
    }
    line.add("tiers", objects: tiers.map(\.object))
    if let score { line.add("reasons", objects: score.reasons.map(\.object)) }
    return line.line()
  }
}

extension MarginNotice.Tier {
  fileprivate var object: JSONLine {
    var object = JSONLine()
    object.add("fromNotional", lowerBound)
    object.add("before", maintenance.before.fraction)
    object.add("after", maintenance.after.fraction)
    object.add("initialBefore", initial.before.fraction)
    object.add("initialAfter", initial.after.fraction)
    object.add("fallback", fallback.maintenance.fraction)
    object.add("fallbackInitial", fallback.initial.fraction)
    guard let recommendation else { return object }
    object.add("initialReason", recommendation.initialReason.description)
    object.add("deduction", recommendation.deduction)
    object.add("multiplier", recommendation.multiplier ?? .nan)
    object.add("binding", recommendation.binding.rawValue)
    if let existing = recommendation.existing { object.add("existing", object: existing.object) }
    object.add("adjustments", objects: recommendation.adjustments.map(\.object))
    return object
  }
}

extension MarginNotice {
  /// The line for a request that the policy refused.
  static func line(refusal: RequestRefusal) -> [UInt8] {
    var line = JSONLine()
    line.add("error", refusal.description)
    return line.line()
  }
}
