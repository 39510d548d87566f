public import Learning
public import LinearModels

/// Quantiles of the log loss from its conditional scale: a regression of the log loss, and the tail of the losses divided by
/// their scale.
///
/// Source: A. McNeil and R. Frey, doi:10.1016/S0927-5398(00)00012-8 (conditional extreme values).
public struct ConditionalScale: LogQuantileModel, Hashable {
  /// The medians from which the regression counts.
  public let centres: GroupCentres
  /// The regression of the log loss less its centre.
  public let regressor: LinearRegressor
  /// The least and the greatest log scale, less its centre, of a fitted row: beyond them the regression is not believed.
  public let reach: ScaleReach
  /// The tail of the standardised losses.
  public let tail: StandardisedTail

  /// Creates a model.
  public init(centres: GroupCentres, regressor: LinearRegressor, reach: ScaleReach, tail: StandardisedTail) {
    self.centres = centres
    self.regressor = regressor
    self.reach = reach
    self.tail = tail
  }

  /// The log of the scale with the log of each quantile of the standardised loss.
  public func logQuantiles(of row: Span<Double>, group: Int) -> [Double] {
    let scale = centres[group] + reach.held(regressor.value(of: row, group: group))
    return tail.logQuantiles.map { scale + $0 }
  }
}

/// A range that log scales are held within, so that a line is not followed where no row was.
public struct ScaleReach: Codable, Hashable, Sendable {
  /// The least.
  public let least: Double
  /// The greatest, not below the least.
  public let greatest: Double

  /// Creates a range.
  public init(least: Double, greatest: Double) {
    self.least = least
    self.greatest = greatest
  }

  /// The value, or the end of the range that it lies beyond.
  public func held(_ value: Double) -> Double { min(max(value, least), greatest) }
}

/// The upper quantiles of losses divided by their scale.
public struct StandardisedTail: Codable, Hashable, Sendable {
  /// The log of the quantile at each level, rising.
  public let logQuantiles: [Double]
  /// The tail behind the levels above its threshold; nil where the losses themselves had to do.
  public let pareto: ParetoTail?
  /// Why there is no such tail, in words; nil when there is one.
  public let refusal: String?

  /// Creates a tail.
  public init(logQuantiles: [Double], pareto: ParetoTail?, refusal: String?) {
    self.logQuantiles = logQuantiles
    self.pareto = pareto
    self.refusal = refusal
  }
}
