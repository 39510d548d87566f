public import Learning

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Quantiles of a loss that were corrected on later rows so that they cover.
public struct CorrectedQuantiles<Model: LogQuantileModel>: Codable, Sendable {
  /// The model of the log quantiles.
  public let model: Model
  /// What is added to the log quantile of each level.
  public let corrections: [ConformalQuantile]

  /// Creates corrected quantiles.
  public init(model: Model, corrections: [ConformalQuantile]) {
    self.model = model
    self.corrections = corrections
  }

  /// The quantile at each level, as a fraction of notional.
  ///
  /// A level never has less than a lower one: it is raised to it, which keeps its coverage.
  public func quantiles(of row: Span<Double>, group: Int) -> [Double] {
    var highest = -Double.infinity
    return zip(model.logQuantiles(of: row, group: group), corrections).map { quantile, correction in
      highest = max(highest, correction.corrected(quantile))
      return exp(highest)
    }
  }
}
