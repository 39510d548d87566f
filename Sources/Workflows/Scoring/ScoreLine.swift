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

  /// Appends the line for a snapshot.
  func append(_ result: OnlineScorer.Result, to output: inout [UInt8]) {
    var line = JSONLine(appendingTo: &output)
    line.add("time", result.time)
    line.add("market", result.market.text)
    if let warming = result.warming { line.add("warming", warming.seconds) }
    switch result.scores {
    case .success(let scores):
      line.add("sell") { add(scores.sell, to: &$0) }
      line.add("buy") { add(scores.buy, to: &$0) }
    case .failure(let refusal): Self.addRefusal(refusal.description, to: &line)
    }
    if features == .included, let row = result.row {
      line.add("features") { values in
        for side in LiquidationSide.allCases { values.add(Self.key(side), numbers: row.values[side]) }
      }
    }
    line.end(into: &output)
  }

  /// The line for a snapshot.
  public func bytes(_ result: OnlineScorer.Result) -> [UInt8] {
    var bytes: [UInt8] = []
    append(result, to: &bytes)
    return bytes
  }

  /// The line for a book that is not to be used.
  public func bytes(time: Timestamp, market: MarketName, reason: String) -> [UInt8] {
    var line = JSONLine()
    line.add("time", time)
    line.add("market", market.text)
    Self.addRefusal(reason, to: &line)
    return line.line()
  }

  private static func key(_ side: LiquidationSide) -> StaticString {
    switch side {
    case .sell: "sell"
    case .buy: "buy"
    }
  }

  private static func addRefusal(_ reason: String, to line: inout JSONLine) {
    for side in LiquidationSide.allCases { line.addNull(key(side)) }
    line.add("reason", reason)
  }

  /// The line for a line that is no snapshot.
  public func bytes(lineNumber: Int, field: String, reason: String) -> [UInt8] {
    var line = JSONLine()
    line.add("error") { error in
      error.add("line", lineNumber)
      error.add("field", field)
      error.add("reason", reason)
    }
    return line.line()
  }

  private func add(_ score: SideScore, to object: inout JSONLine) {
    object.add("probability", score.probability.value)
    if let interval = score.interval {
      object.add("probabilityLow", interval.low)
      object.add("probabilityHigh", interval.high)
    }
    object.add("multiplier", curve.multiplier(for: score.policyProbability))
    object.add("logOdds", score.logOdds)
    object.add("base", score.base)
    object.add("reasons", objects: score.reasons) { object, reason in
      object.add("feature", reason.feature)
      object.add("value", reason.value)
      object.add("contribution", reason.contribution)
    }
    object.add("otherReasons", score.otherReasons)
    if let quantiles = score.closeOutQuantiles { Self.add("closeOutQuantiles", quantiles, to: &object) }
    if let ladder = score.closeOutLadder { Self.add("closeOutLadder", ladder, to: &object) }
    if let recalibrated = score.recalibrated { object.add("recalibratedProbability", recalibrated.value) }
    if let adapted = score.adapted {
      Self.add("adaptedCloseOutQuantiles", adapted.quantiles, to: &object)
      if let ladder = adapted.ladder { Self.add("adaptedCloseOutLadder", ladder, to: &object) }
    }
  }

  private static func add(_ key: StaticString, _ quantiles: [CloseOutQuantile], to object: inout JSONLine) {
    object.add(key, objects: quantiles) { object, quantile in
      object.add("level", quantile.level)
      object.add("loss", quantile.loss)
    }
  }

  private static func add(_ key: StaticString, _ ladder: [CloseOutLadderLevel], to object: inout JSONLine) {
    object.add(key, objects: ladder) { object, level in
      object.add("level", level.level)
      object.add("losses", objects: level.rungs) { object, rung in
        object.add("notional", rung.notional)
        object.add("loss", rung.loss)
      }
    }
  }
}
