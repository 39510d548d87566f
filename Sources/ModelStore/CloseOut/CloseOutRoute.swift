/// A way to a quantile of the close-out loss.
public enum CloseOutRoute: String, Codable, CaseIterable, Sendable {
  /// A regression for the scale, and the tail of what it leaves.
  case scale
  /// Quantile boosting at each level.
  case boosting
  /// The past losses of the market's side, whatever the features say: the baseline.
  case unconditional

  /// The routes between which is chosen.
  public static let conditional: [CloseOutRoute] = [.scale, .boosting]
}

/// A model of quantiles of the logarithm of a loss, before any correction.
public protocol LogQuantileModel: Codable, Sendable {
  /// The quantile at each level, rising.
  ///
  /// - Parameters:
  ///   - row: A value for each input; NaN is undefined.
  ///   - group: The number of the row's market and side.
  func logQuantiles(of row: Span<Double>, group: Int) -> [Double]
}

/// The medians of the log loss within each market's side, from which both routes count.
public struct GroupCentres: Codable, Hashable, Sendable {
  /// The median of each group.
  public let groups: [Double]
  /// The median of all rows, for a group without a row.
  public let pooled: Double

  /// Creates centres.
  public init(groups: [Double], pooled: Double) {
    self.groups = groups
    self.pooled = pooled
  }

  /// The centre of a group.
  public subscript(group: Int) -> Double { groups.indices.contains(group) ? groups[group] : pooled }
}
