/// The numbers of values until a signal in simulated series.
public struct RunLengths: Hashable, Sendable {
  /// The number of values of each series, the one that brought the signal included, in rising order.
  public let lengths: [Int]
  /// The number of series that ended without a signal, and count with their whole length.
  public let silentCount: Int

  /// Takes the lengths of series; nil for one that ended without a signal after `longest` values.
  init(_ lengths: [Int?], longest: Int) {
    self.lengths = lengths.map { $0 ?? longest }.sorted()
    silentCount = lengths.count { $0 == nil }
  }

  /// The mean with its 95 % interval, from the standard error of independent series.
  public var mean: Estimate {
    guard !lengths.isEmpty else { return .undefined }
    let mean = lengths.mean
    let error = 1.96 * (lengths.variance / Double(lengths.count)).squareRoot()
    return Estimate(value: mean, low: max(0, mean - error), high: mean + error)
  }

  /// The length that the given share of the series does not exceed; nil without series.
  public func quantile(_ share: Double) -> Double? { lengths.map(Double.init).quantile(share) }

  /// The share of series without a signal; nil without series.
  public var silentShare: Double? { lengths.isEmpty ? nil : Double(silentCount) / Double(lengths.count) }
}

extension [Int] {
  /// The mean; NaN without values.
  var mean: Double { reduce(0.0) { $0 + Double($1) } / Double(count) }

  /// The mean squared deviation from the mean; NaN without values.
  var variance: Double {
    let mean = mean
    return reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)
  }
}
