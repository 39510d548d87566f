internal import Labels
internal import Learning
internal import Margining
internal import Markets
public import ModelStore

/// A stored model as a function from feature rows to probabilities, the same for a batch and for a stream.
public struct ModelScorer: Sendable {
  /// The model.
  public var artefact: ModelArtefact { plan.artefact }

  let plan: ScoringPlan

  /// Creates a scorer.
  public init(_ artefact: ModelArtefact) {
    plan = ScoringPlan(artefact)
  }

  /// The numbers of a market's groups, by side; nil where the model was not trained on the side.
  func groups(of market: MarketName) -> BySide<Int?> { plan.groups[market] ?? BySide(sell: nil, buy: nil) }

  /// What the classifier reads of one side's features, in the order of the model's inputs.
  func inputs(of row: [Double], group: Int) -> [Double] {
    plan.inputs.values(from: row, logThreshold: plan.logThresholds[group])
  }

  /// The calibrated log-odds of a shortfall.
  ///
  /// - Parameters:
  ///   - row: One side's features, as the artefact's schema names them.
  ///   - group: The number of the row's market and side.
  public func logOdds(of row: [Double], group: Int) -> Double {
    plan.calibrator.calibrated(logOdds: rawLogOdds(of: inputs(of: row, group: group), group: group))
  }

  private func rawLogOdds(of values: [Double], group: Int) -> Double {
    plan.classifier.logOdds(of: values.span, group: group)
  }

  /// The probability of a shortfall.
  public func probability(of row: [Double], group: Int) -> Double {
    sigmoid(logOdds(of: row, group: group))
  }

  /// The probability of a shortfall, and the largest that the model or its interval gives.
  func probabilities(of row: [Double], group: Int) -> (point: Double, conservative: Double) {
    let raw = rawLogOdds(of: inputs(of: row, group: group), group: group)
    let point = sigmoid(plan.calibrator.calibrated(logOdds: raw))
    return (point, max(point, plan.interval?.interval(logOdds: raw).high ?? point))
  }

  /// The quantiles of the close-out loss at the model's levels, as fractions of notional; nil for a model without them.
  public func closeOutQuantiles(of row: [Double], group: Int) -> [Double]? {
    plan.closeOut.map { $0.quantiles(of: $0.values(of: row, logThreshold: plan.logThresholds[group]), group: group) }
  }

  /// What the routes to the close-out loss read of a feature row.
  func closeOutValues(of row: [Double], group: Int, _ model: CloseOutModel) -> [Double] {
    model.inputs.values(from: row, logThreshold: plan.logThresholds[group])
  }

  /// For each size of the model's ladder the quantiles of the close-out loss at the model's levels; nil without a ladder.
  func ladderQuantiles(of row: [Double], group: Int, own: [Double]) -> [[Double]]? {
    plan.closeOut.flatMap { closeOut in
      let values = closeOut.values(of: row, logThreshold: plan.logThresholds[group])
      return closeOut.ladderQuantiles(of: values, group: group, own: own)
    }
  }

  /// The probability with its reasons; `reasonCount` of them are named, the largest first.
  ///
  /// Probability and log-odds are the classifier's own and do not depend on how many reasons are named; what the named
  /// ones leave is told as the rest. Without reasons nothing is explained, which is most of the work of large trees.
  ///
  /// - Parameter reading: What closing out costs at the row's snapshot; without it the score has no evidence.
  func score(_ row: [Double], group: Int, reasonCount: Int, reading: CloseOutReading?) -> SideScore? {
    let values = inputs(of: row, group: group)
    return score(
      row, values, raw: rawLogOdds(of: values, group: group), group: group, reasonCount: reasonCount, reading: reading)
  }

  /// The scores of both sides of a market, equal to those of one side at a time.
  ///
  /// - Parameter inputs: Memory for what the classifier reads.
  func scores(
    _ rows: BySide<[Double]>, groups: BySide<Int>, reasonCount: Int, reading: CloseOutReading?,
    inputs: inout BySide<[Double]>
  ) -> BySide<SideScore>? {
    plan.inputs.read(rows.sell, logThreshold: plan.logThresholds[groups.sell], into: &inputs.sell)
    plan.inputs.read(rows.buy, logThreshold: plan.logThresholds[groups.buy], into: &inputs.buy)
    let raw = plan.classifier.logOdds(of: inputs.sell.span, inputs.buy.span, groups: (groups.sell, groups.buy))
    guard
      let sell = score(
        rows.sell, inputs.sell, raw: raw.0, group: groups.sell, reasonCount: reasonCount, reading: reading),
      let buy = score(
        rows.buy, inputs.buy, raw: raw.1, group: groups.buy, reasonCount: reasonCount, reading: reading)
    else { return nil }
    return BySide(sell: sell, buy: buy)
  }

  /// The score of a row of which the classifier reads `values` and says `raw`.
  private func score(
    _ row: [Double], _ values: [Double], raw: Double, group: Int, reasonCount: Int, reading: CloseOutReading?
  ) -> SideScore? {
    guard let probability = Probability(logOdds: plan.calibrator.calibrated(logOdds: raw)) else { return nil }
    let line = plan.reasonLine
    let logOdds = line.intercept + line.slope * raw
    let base = plan.base
    let reasons = reasonCount > 0 ? reasons(values, of: row, group: group, count: reasonCount) : []
    let closeOut = closeOut(of: row, group: group, reading)
    return SideScore(
      probability: probability, interval: plan.interval?.interval(logOdds: raw), logOdds: logOdds, base: base,
      reasons: reasons, otherReasons: reasons.reduce(logOdds - base) { $0 - $1.contribution },
      closeOutQuantiles: closeOut?.quantiles, closeOutLadder: closeOut?.ladder, evidence: closeOut?.evidence)
  }

  private func reasons(_ values: [Double], of row: [Double], group: Int, count: Int) -> [Reason] {
    let slope = plan.reasonLine.slope
    let contributions = plan.classifier.explain(values.span, group: group).contributions.map { $0 * slope }
    return LargestContributions.positions(in: contributions, count: count).map { index in
      Reason(
        feature: plan.inputs.names[index], value: row[plan.inputs.positions[index]],
        contribution: contributions[index])
    }
  }

  /// What a score says of closing out.
  private struct CloseOutScore {
    let quantiles: [CloseOutQuantile]
    let ladder: [CloseOutLadderLevel]?
    let evidence: CloseOutEvidence?
  }

  private func closeOut(of row: [Double], group: Int, _ reading: CloseOutReading?) -> CloseOutScore? {
    guard let closeOut = plan.closeOut else { return nil }
    let values = closeOut.values(of: row, logThreshold: plan.logThresholds[group])
    let losses = closeOut.quantiles(of: values, group: group)
    let ladder = closeOut.ladderQuantiles(of: values, group: group, own: losses)
    return CloseOutScore(
      quantiles: zip(closeOut.levels, losses).map { CloseOutQuantile(level: $0, loss: $1) },
      ladder: ladder.map(closeOut.ladderLevels),
      evidence: ladder.flatMap { evidence(quantiles: $0, group: group, reading) })
  }

  private func evidence(quantiles: [[Double]], group: Int, _ reading: CloseOutReading?) -> CloseOutEvidence? {
    guard let reading, let history = plan.closeOut?.histories[group] else { return nil }
    let side = plan.artefact.groups[group].side
    return history.evidence(
      quantiles: quantiles.map { $0.last ?? .nan },
      sweepCosts: quantiles.indices.map { reading.ladder.cost(of: $0, on: side) }, conditions: reading.conditions,
      side: side)
  }
}
