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
    if let wrong = scale.inconsistency(levels: levels, inputs: inputs) { return wrong }
    if let wrong = boosting.inconsistency(levels: levels, inputs: inputs) { return wrong }
    return unconditional.isComplete(levels) ? nil : "each group needs an unconditional quantile for each level"
  }
}

extension RouteQuantiles {
  /// What does not fit together, in words; nil when there is a quantile for each level.
  func inconsistency(levels: [Double], inputs: ModelInputs) -> String? {
    switch self {
    case .scale(let quantiles): quantiles.inconsistency(levels: levels, inputs: inputs)
    case .boosting(let quantiles): quantiles.inconsistency(levels: levels, inputs: inputs)
    }
  }
}

extension CorrectedQuantiles {
  /// What does not fit together around any model of the log quantiles.
  private func inconsistency(levels: [Double], centres: GroupCentres) -> String? {
    guard corrections.map(\.level) == levels else { return "each route needs a correction for each level" }
    guard centres.pooled.isFinite, centres.groups.allSatisfy(\.isFinite) else {
      return "the centres of the close-out loss must be finite"
    }
    return nil
  }
}

extension CorrectedQuantiles<ConditionalScale> {
  func inconsistency(levels: [Double], inputs: ModelInputs) -> String? {
    let tail = model.tail.logQuantiles
    guard tail.count == levels.count, tail.allSatisfy(\.isFinite), zip(tail, tail.dropFirst()).allSatisfy(<=) else {
      return "the tail of the close-out loss needs a rising quantile for each level"
    }
    guard model.regressor.columnNames == inputs.names else {
      return "the close-out models read other columns than their inputs name"
    }
    guard model.reach.least.isFinite, model.reach.greatest.isFinite, model.reach.least <= model.reach.greatest else {
      return "the scales of the close-out loss need a finite range"
    }
    return inconsistency(levels: levels, centres: model.centres)
  }
}

extension CorrectedQuantiles<BoostedQuantiles> {
  func inconsistency(levels: [Double], inputs: ModelInputs) -> String? {
    guard model.ensembles.count == levels.count else { return "each level needs an ensemble" }
    guard model.ensembles.allSatisfy({ $0.columnNames == inputs.names }) else {
      return "the close-out models read other columns than their inputs name"
    }
    return inconsistency(levels: levels, centres: model.centres)
  }
}

extension GroupQuantiles {
  /// Whether every list is empty, for a group without a row, or has a finite quantile for each level.
  func isComplete(_ levels: [Double]) -> Bool {
    ([pooled] + groups.filter { !$0.isEmpty }).allSatisfy { $0.count == levels.count && $0.allSatisfy(\.isFinite) }
  }
}
