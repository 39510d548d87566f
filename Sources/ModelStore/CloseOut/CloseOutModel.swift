internal import Boosting
internal import Learning
internal import LinearModels
public import Validation

/// Quantiles of the close-out loss by both routes, with the baseline they are judged beside.
public struct CloseOutModel: Codable, Sendable {
  /// The levels, rising, each above 0 and below 1.
  public let levels: [Double]
  /// The least loss that the models know, as a fraction of notional; smaller and negative ones count as this.
  public let lossFloor: Double
  /// What both routes read of a feature row.
  public let inputs: ModelInputs
  /// The route that scoring uses: of the lower pinball loss in the walk-forward.
  public let chosen: CloseOutRoute
  /// Regression for the scale, and a tail.
  public let scale: CorrectedQuantiles<ConditionalScale>
  /// Quantile boosting.
  public let boosting: CorrectedQuantiles<BoostedQuantiles>
  /// The baseline.
  public let unconditional: GroupQuantiles
  /// How it came about.
  public let record: CloseOutRecord

  /// Creates a model.
  public init(
    levels: [Double], lossFloor: Double, inputs: ModelInputs, chosen: CloseOutRoute,
    scale: CorrectedQuantiles<ConditionalScale>, boosting: CorrectedQuantiles<BoostedQuantiles>,
    unconditional: GroupQuantiles, record: CloseOutRecord
  ) {
    self.levels = levels
    self.lossFloor = lossFloor
    self.inputs = inputs
    self.chosen = chosen
    self.scale = scale
    self.boosting = boosting
    self.unconditional = unconditional
    self.record = record
  }

  /// The quantile of the loss at each level by one route, as fractions of notional, never falling.
  ///
  /// - Parameters:
  ///   - row: A value for each of `inputs`.
  ///   - group: The number of the row's market and side.
  public func quantiles(of row: Span<Double>, group: Int, by route: CloseOutRoute) -> [Double] {
    switch route {
    case .scale: scale.quantiles(of: row, group: group)
    case .boosting: boosting.quantiles(of: row, group: group)
    case .unconditional: unconditional[group]
    }
  }
}

/// How a model of close-out losses came about.
public struct CloseOutRecord: Codable, Hashable, Sendable {
  /// Rows of known loss in the training window.
  public let rows: Int
  /// Rows that the models were fitted to.
  public let fittedRows: Int
  /// Later rows that the corrections were found on.
  public let calibrationRows: Int
  /// The number of walk-forward folds that both routes were judged on.
  public let folds: Int
  /// The scores of the walk-forward, for each level both routes and the baseline.
  public let walkForward: [QuantileScore]

  /// Creates a record.
  public init(rows: Int, fittedRows: Int, calibrationRows: Int, folds: Int, walkForward: [QuantileScore]) {
    self.rows = rows
    self.fittedRows = fittedRows
    self.calibrationRows = calibrationRows
    self.folds = folds
    self.walkForward = walkForward
  }
}

extension CloseOutModel {
  /// What does not fit together, in words; nil when scoring cannot leave a list's range.
  var inconsistency: String? {
    guard !levels.isEmpty, levels.allSatisfy({ $0 > 0 && $0 < 1 }), zip(levels, levels.dropFirst()).allSatisfy(<)
    else { return "the levels of the close-out quantiles must rise within (0, 1)" }
    guard lossFloor > 0, lossFloor.isFinite else { return "the floor of the close-out loss must be above zero" }
    guard CloseOutRoute.conditional.contains(chosen) else { return "the baseline cannot be the chosen route" }
    let corrections = [scale.corrections, boosting.corrections]
    guard corrections.allSatisfy({ $0.map(\.level) == levels }) else {
      return "each route needs a correction for each level"
    }
    let quantiles = scale.model.tail.logQuantiles
    guard quantiles.count == levels.count, quantiles.allSatisfy(\.isFinite),
      zip(quantiles, quantiles.dropFirst()).allSatisfy(<=)
    else { return "the tail of the close-out loss needs a rising quantile for each level" }
    guard scale.model.regressor.columnNames == inputs.names,
      boosting.model.ensembles.allSatisfy({ $0.columnNames == inputs.names })
    else { return "the close-out models read other columns than their inputs name" }
    guard boosting.model.ensembles.count == levels.count else { return "each level needs an ensemble" }
    let centres = [scale.model.centres, boosting.model.centres]
    guard centres.allSatisfy({ $0.pooled.isFinite && $0.groups.allSatisfy(\.isFinite) }) else {
      return "the centres of the close-out loss must be finite"
    }
    let lists = [unconditional.pooled] + unconditional.groups.filter { !$0.isEmpty }
    guard lists.allSatisfy({ $0.count == levels.count && $0.allSatisfy(\.isFinite) }) else {
      return "each group needs an unconditional quantile for each level"
    }
    return nil
  }
}
