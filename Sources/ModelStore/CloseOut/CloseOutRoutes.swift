internal import Boosting
internal import Learning
internal import LinearModels

/// Both routes to the quantiles of the close-out loss, with the baseline they are judged beside.
public struct CloseOutRoutes: Codable, Sendable {
  /// Regression for the scale, and a tail.
  public let scale: CorrectedQuantiles<ConditionalScale>
  /// Quantile boosting.
  public let boosting: CorrectedQuantiles<BoostedQuantiles>
  /// The baseline.
  public let unconditional: GroupQuantiles

  /// Creates the routes.
  public init(
    scale: CorrectedQuantiles<ConditionalScale>, boosting: CorrectedQuantiles<BoostedQuantiles>,
    unconditional: GroupQuantiles
  ) {
    self.scale = scale
    self.boosting = boosting
    self.unconditional = unconditional
  }

  /// The quantile of the loss at each level by one route, as fractions of notional, never falling.
  ///
  /// - Parameters:
  ///   - row: A value for each of the model's inputs.
  ///   - group: The number of the row's market and side.
  public func quantiles(of row: Span<Double>, group: Int, by route: CloseOutRoute) -> [Double] {
    switch route {
    case .scale: scale.quantiles(of: row, group: group)
    case .boosting: boosting.quantiles(of: row, group: group)
    case .unconditional: unconditional[group]
    }
  }
}

extension CloseOutRoutes {
  /// What does not fit together, in words; nil when every route has a quantile for each level.
  func inconsistency(levels: [Double], inputs: ModelInputs) -> String? {
    guard [scale.corrections, boosting.corrections].allSatisfy({ $0.map(\.level) == levels }) else {
      return "each route needs a correction for each level"
    }
    let tail = scale.model.tail.logQuantiles
    guard tail.count == levels.count, tail.allSatisfy(\.isFinite), zip(tail, tail.dropFirst()).allSatisfy(<=) else {
      return "the tail of the close-out loss needs a rising quantile for each level"
    }
    let ensembles = boosting.model.ensembles
    guard ensembles.count == levels.count else { return "each level needs an ensemble" }
    guard scale.model.regressor.columnNames == inputs.names, ensembles.allSatisfy({ $0.columnNames == inputs.names })
    else { return "the close-out models read other columns than their inputs name" }
    let centres = [scale.model.centres, boosting.model.centres]
    guard centres.allSatisfy({ $0.pooled.isFinite && $0.groups.allSatisfy(\.isFinite) }) else {
      return "the centres of the close-out loss must be finite"
    }
    let reach = scale.model.reach
    guard reach.least.isFinite, reach.greatest.isFinite, reach.least <= reach.greatest else {
      return "the scales of the close-out loss need a finite range"
    }
    let lists = [unconditional.pooled] + unconditional.groups.filter { !$0.isEmpty }
    guard lists.allSatisfy({ $0.count == levels.count && $0.allSatisfy(\.isFinite) }) else {
      return "each group needs an unconditional quantile for each level"
    }
    return nil
  }
}
