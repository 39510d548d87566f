internal import Labels
internal import Markets
internal import Reporting

extension MaturedOutcome {
  /// The outcome as one JSON object on a line, with its line end.
  ///
  /// Losses are fractions of notional; what is not known is null.
  public func line() -> [UInt8] {
    var line = JSONLine()
    line.add("time", time.description)
    line.add("until", informationEnd.description)
    line.add("market", market.text)
    line.add("side", side.rawValue)
    line.add("probability", probability.value)
    if let recalibrated { line.add("recalibratedProbability", recalibrated.value) }
    line.add("inShortfall", inShortfall)
    line.add("depthShortfall", depthShortfall.value)
    if let reason = depthShortfall.censoringReason { line.add("unknown", reason.rawValue) }
    if !closeOuts.isEmpty { line.add("closeOuts", objects: closeOuts.map(\.object)) }
    return line.line()
  }
}

extension MaturedCloseOut {
  fileprivate var object: JSONLine {
    var object = JSONLine()
    object.add("notional", notional)
    object.add("loss", loss ?? .nan)
    object.add("quantiles", objects: quantiles.map(\.object))
    return object
  }
}

extension MaturedQuantile {
  fileprivate var object: JSONLine {
    var object = JSONLine()
    object.add("level", level)
    object.add("loss", fixed)
    object.add("adaptedLoss", adapted)
    return object
  }
}
