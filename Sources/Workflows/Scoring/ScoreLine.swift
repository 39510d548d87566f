internal import Features
internal import Learning
public import Margining
public import Markets
internal import Reporting

/// The lines that scoring writes: one for each line it reads.
public struct ScoreLine: Sendable {
  /// Whether the feature row is written beside the scores.
  public enum FeatureDetail: Sendable {
    /// Reasons only.
    case omitted
    /// Every feature of both sides, exactly, in the schema's order.
    case included
  }

  private let curve: MultiplierCurve
  private let features: FeatureDetail

  /// Creates a writer; `curve` turns probabilities into margin multipliers.
  public init(curve: MultiplierCurve, features: FeatureDetail = .omitted) {
    self.curve = curve
    self.features = features
  }

  /// The line for a snapshot.
  public func bytes(_ result: OnlineScorer.Result) -> [UInt8] {
    var line = JSONLine()
    line.add("time", result.time.description)
    line.add("market", result.market.text)
    if let warming = result.warming { line.add("warming", warming.seconds) }
    switch result.scores {
    case .success(let scores):
      for side in LiquidationSide.allCases { line.add(side.rawValue, object: object(scores[side])) }
    case .failure(let refusal):
      for side in LiquidationSide.allCases { line.addNull(side.rawValue) }
      line.add("reason", refusal.description)
    }
    if features == .included, let row = result.row {
      var values = JSONLine()
      for side in LiquidationSide.allCases { values.add(side.rawValue, numbers: row.values[side]) }
      line.add("features", object: values)
    }
    return line.line()
  }

  /// The line for a book that is not to be used.
  public func bytes(time: Timestamp, market: MarketName, reason: String) -> [UInt8] {
    var line = JSONLine()
    line.add("time", time.description)
    line.add("market", market.text)
    for side in LiquidationSide.allCases { line.addNull(side.rawValue) }
    line.add("reason", reason)
    return line.line()
  }

  /// The line for a line that is no snapshot.
  public func bytes(lineNumber: Int, field: String, reason: String) -> [UInt8] {
    var error = JSONLine()
    error.add("line", lineNumber)
    error.add("field", field)
    error.add("reason", reason)
    var line = JSONLine()
    line.add("error", object: error)
    return line.line()
  }

  private func object(_ score: SideScore) -> JSONLine {
    var object = JSONLine()
    object.add("probability", score.probability.value)
    if let interval = score.interval {
      object.add("probabilityLow", interval.low)
      object.add("probabilityHigh", interval.high)
    }
    object.add("multiplier", curve.multiplier(for: score.policyProbability))
    object.add("logOdds", score.logOdds)
    object.add("base", score.base)
    object.add(
      "reasons",
      objects: score.reasons.map { reason in
        var object = JSONLine()
        object.add("feature", reason.feature)
        object.add("value", reason.value)
        object.add("contribution", reason.contribution)
        return object
      })
    object.add("otherReasons", score.otherReasons)
    if let quantiles = score.closeOutQuantiles { object.add("closeOutQuantiles", objects: quantiles.map(Self.object)) }
    if let ladder = score.closeOutLadder { object.add("closeOutLadder", objects: ladder.map(Self.object)) }
    if let recalibrated = score.recalibrated { object.add("recalibratedProbability", recalibrated.value) }
    if let adapted = score.adapted {
      object.add("adaptedCloseOutQuantiles", objects: adapted.quantiles.map(Self.object))
      if let ladder = adapted.ladder { object.add("adaptedCloseOutLadder", objects: ladder.map(Self.object)) }
    }
    return object
  }

  private static func object(_ quantile: CloseOutQuantile) -> JSONLine {
    var object = JSONLine()
    object.add("level", quantile.level)
    object.add("loss", quantile.loss)
    return object
  }

  private static func object(_ level: CloseOutLadderLevel) -> JSONLine {
    var object = JSONLine()
    object.add("level", level.level)
    object.add(
      "losses",
      objects: level.rungs.map { rung in
        var object = JSONLine()
        object.add("notional", rung.notional)
        object.add("loss", rung.loss)
        return object
      })
    return object
  }
}
