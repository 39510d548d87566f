internal import Learning

/// The quantiles of the close-out loss by one route alone.
public enum RouteQuantiles: Sendable {
  /// Regression for the scale, and a tail.
  case scale(CorrectedQuantiles<ConditionalScale>)
  /// Quantile boosting.
  case boosting(CorrectedQuantiles<BoostedQuantiles>)

  /// The route.
  public var route: CloseOutRoute {
    switch self {
    case .scale: .scale
    case .boosting: .boosting
    }
  }

  /// The quantile of the loss at each level, as fractions of notional, never falling.
  ///
  /// - Parameters:
  ///   - row: A value for each of the model's inputs.
  ///   - group: The number of the row's market and side.
  public func quantiles(of row: Span<Double>, group: Int) -> [Double] {
    switch self {
    case .scale(let quantiles): quantiles.quantiles(of: row, group: group)
    case .boosting(let quantiles): quantiles.quantiles(of: row, group: group)
    }
  }
}

extension RouteQuantiles: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case route, scale, boosting }

  /// Reads `route` and the model under the key that belongs to it; other keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let route = try values.decode(CloseOutRoute.self, forKey: .route)
    switch route {
    case .scale: self = .scale(try values.decode(CorrectedQuantiles<ConditionalScale>.self, forKey: .scale))
    case .boosting: self = .boosting(try values.decode(CorrectedQuantiles<BoostedQuantiles>.self, forKey: .boosting))
    case .unconditional: throw decoder.corrupted("the baseline is no route of its own")
    }
    if let stray = CodingKeys.allCases.first(where: {
      $0 != .route && $0.rawValue != route.rawValue && values.contains($0)
    }) {
      throw decoder.corrupted("'\(stray.rawValue)' does not belong to the route '\(route.rawValue)'")
    }
  }

  /// Writes `route` and the model.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(route, forKey: .route)
    switch self {
    case .scale(let quantiles): try values.encode(quantiles, forKey: .scale)
    case .boosting(let quantiles): try values.encode(quantiles, forKey: .boosting)
    }
  }
}
