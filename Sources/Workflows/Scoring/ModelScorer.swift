internal import Labels
internal import Learning
internal import Margining
internal import Markets
public import ModelStore

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A stored model as a function from feature rows to probabilities, the same for a batch and for a stream.
public struct ModelScorer: Sendable {
  /// The model.
  public let artefact: ModelArtefact

  let logThresholds: [Double]

  /// Creates a scorer.
  public init(_ artefact: ModelArtefact) {
    self.artefact = artefact
    logThresholds = artefact.groups.map { group in
      artefact.thresholds[group.market].map { log($0[group.side]) } ?? .nan
    }
  }

  /// What the classifier reads of one side's features, in the order of the model's inputs.
  func inputs(of row: [Double], group: Int) -> [Double] {
    artefact.inputs.values(from: row, logThreshold: logThresholds[group])
  }

  /// The calibrated log-odds of a shortfall.
  ///
  /// - Parameters:
  ///   - row: One side's features, as the artefact's schema names them.
  ///   - group: The number of the row's market and side.
  public func logOdds(of row: [Double], group: Int) -> Double {
    let values = inputs(of: row, group: group)
    return artefact.calibrator.calibrated(logOdds: artefact.classifier.logOdds(of: values.span, group: group))
  }

  /// The probability of a shortfall.
  public func probability(of row: [Double], group: Int) -> Double {
    sigmoid(logOdds(of: row, group: group))
  }

  /// The probability of a shortfall, and the largest that the model or its interval gives.
  func probabilities(of row: [Double], group: Int) -> (point: Double, conservative: Double) {
    let raw = artefact.classifier.logOdds(of: inputs(of: row, group: group).span, group: group)
    let point = sigmoid(artefact.calibrator.calibrated(logOdds: raw))
    return (point, max(point, artefact.interval?.interval(logOdds: raw).high ?? point))
  }

  /// The quantiles of the close-out loss at the model's levels, as fractions of notional; nil for a model without them.
  public func closeOutQuantiles(of row: [Double], group: Int) -> [Double]? {
    artefact.closeOut.map { model in
      model.routes.quantiles(of: closeOutValues(of: row, group: group, model).span, group: group, by: model.chosen)
    }
  }

  /// For each size of the model's ladder the quantiles of the close-out loss at the model's levels; nil without a ladder.
  func ladderQuantiles(of row: [Double], group: Int, own: [Double]) -> [[Double]]? {
    guard let model = artefact.closeOut, let ladder = model.ladder else { return nil }
    return ladder.quantiles(of: closeOutValues(of: row, group: group, model).span, group: group, own: own)
  }

  /// What the routes to the close-out loss read of a feature row.
  func closeOutValues(of row: [Double], group: Int, _ model: CloseOutModel) -> [Double] {
    model.inputs.values(from: row, logThreshold: logThresholds[group])
  }

  /// The probability with its reasons; `reasonCount` of them are named, the largest first.
  ///
  /// - Parameter reading: What closing out costs at the row's snapshot; without it the score has no evidence.
  func score(_ row: [Double], group: Int, reasonCount: Int, reading: CloseOutReading?) -> SideScore? {
    let values = inputs(of: row, group: group)
    let explanation = artefact.classifier.explain(values.span, group: group)
    let line = reasonLine
    let base = line.intercept + line.slope * explanation.base
    let contributions = explanation.contributions.map { $0 * line.slope }
    let order = contributions.indices.sorted {
      (abs(contributions[$1]), $0) < (abs(contributions[$0]), $1)
    }
    let named = order.prefix(reasonCount)
    let reasons = named.map { index in
      Reason(
        feature: artefact.inputs.columns[index].name, value: row[artefact.inputs.columns[index].position],
        contribution: contributions[index])
    }
    let others = order.dropFirst(reasonCount).reduce(0) { $0 + contributions[$1] }
    let calibrated = artefact.calibrator.calibrated(logOdds: explanation.logOdds)
    guard let probability = Probability(logOdds: calibrated) else { return nil }
    let quantiles = closeOutQuantiles(of: row, group: group)
    let ladder = quantiles.flatMap { ladderQuantiles(of: row, group: group, own: $0) }
    return SideScore(
      probability: probability, interval: artefact.interval?.interval(logOdds: explanation.logOdds),
      logOdds: base + contributions.reduce(0, +), base: base, reasons: reasons, otherReasons: others,
      closeOutQuantiles: quantiles.map { losses in
        zip(artefact.closeOut?.levels ?? [], losses).map { CloseOutQuantile(level: $0, loss: $1) }
      },
      closeOutLadder: ladder.map(ladderLevels),
      evidence: ladder.flatMap { evidence(quantiles: $0, group: group, reading) })
  }

  private func ladderLevels(_ quantiles: [[Double]]) -> [CloseOutLadderLevel] {
    let notionals = artefact.closeOut?.ladder?.notionals ?? []
    return (artefact.closeOut?.levels ?? []).enumerated().map { position, level in
      CloseOutLadderLevel(
        level: level,
        rungs: zip(notionals, quantiles).map { CloseOutLadderLevel.Rung(notional: $0, loss: $1[position]) })
    }
  }

  private func evidence(quantiles: [[Double]], group: Int, _ reading: CloseOutReading?) -> CloseOutEvidence? {
    guard let reading, let ladder = artefact.closeOut?.ladder, let history = SideHistory(ladder, group: group) else {
      return nil
    }
    let side = artefact.groups[group].side
    return history.evidence(
      quantiles: quantiles.map { $0.last ?? .nan },
      sweepCosts: quantiles.indices.map { reading.ladder.cost(of: $0, on: side) }, conditions: reading.conditions,
      side: side)
  }

  /// The straight part of the calibration, through which reasons can be carried without losing their sum.
  var reasonLine: (slope: Double, intercept: Double) {
    switch artefact.calibrator {
    case .platt(let line): (line.slope, line.intercept)
    case .identity, .isotonic: (1, 0)
    }
  }
}
