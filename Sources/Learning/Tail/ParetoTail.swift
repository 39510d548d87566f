/// The upper tail of a sample by peaks over a threshold: a generalised Pareto distribution above it.
///
/// Values that depend on their neighbours in time, such as those of overlapping horizons, leave the estimate right on
/// average and its standard error too small.
/// Source: A. McNeil and R. Frey, doi:10.1016/S0927-5398(00)00012-8.
public struct ParetoTail: Hashable, Sendable {
  /// The threshold u.
  public let threshold: Double
  /// The distribution of the excesses over it.
  public let excesses: GeneralizedPareto
  /// The standard error of the shape ξ.
  public let shapeError: Double
  /// The number of values in the sample, n.
  public let count: Int
  /// The number of values above the threshold, N_u.
  public let excessCount: Int

  /// A tail, or nil when its counts or its standard error make no sense or the upper end of the shape's interval reaches 1.
  public init?(threshold: Double, excesses: GeneralizedPareto, shapeError: Double, count: Int, excessCount: Int) {
    guard threshold.isFinite, shapeError > 0, shapeError.isFinite, excessCount > 0, excessCount <= count,
      Self.upperShape(excesses.shape, error: shapeError) < 1
    else { return nil }
    self.threshold = threshold
    self.excesses = excesses
    self.shapeError = shapeError
    self.count = count
    self.excessCount = excessCount
  }

  /// The upper end of the 95 % interval of the shape.
  public var upperShape: Double { Self.upperShape(excesses.shape, error: shapeError) }

  private static func upperShape(_ shape: Double, error: Double) -> Double { shape + 1.959963984540054 * error }

  /// The share of the sample above the threshold.
  public var excessShare: Double { Double(excessCount) / Double(count) }

  /// The quantile VaR_q = u + (β/ξ)[((n/N_u)(1 − q))^(−ξ) − 1].
  ///
  /// - Parameter level: q, from 1 − N_u/n to below 1; nil outside, where this tail says nothing.
  public func quantile(_ level: Double) -> Double? {
    guard level < 1 else { return nil }
    let excess = excesses.excess(exceededWithProbability: (1 - level) / excessShare)
    return excess.isNaN ? nil : threshold + excess
  }

  /// The mean of what lies above the quantile, ES_q = (VaR_q + β − ξu)/(1 − ξ); nil where the quantile is nil.
  public func expectedShortfall(_ level: Double) -> Double? {
    quantile(level).map { ($0 + excesses.scale - excesses.shape * threshold) / (1 - excesses.shape) }
  }

  /// Fits the tail of a sample above a threshold.
  ///
  /// - Throws: `insufficientEvidence` below ``GeneralizedPareto/neededCount`` values above the threshold, `valueNotFinite`,
  ///   `constantExcesses`, `notConverged`, and `meanMayBeInfinite` when the upper end of the shape's interval reaches 1.
  /// - Complexity: O(n + 200 N_u).
  public static func fitted(to values: [Double], above threshold: Double) throws(TailFailure) -> ParetoTail {
    if let row = values.firstIndex(where: { !$0.isFinite }) { throw .valueNotFinite(row: row) }
    let excesses = values.filter { $0 > threshold }.map { $0 - threshold }
    let (distribution, error) = try GeneralizedPareto.fitted(excesses: excesses)
    let tail = ParetoTail(
      threshold: threshold, excesses: distribution, shapeError: error, count: values.count,
      excessCount: excesses.count)
    guard let tail else {
      throw .meanMayBeInfinite(shape: distribution.shape, upper: upperShape(distribution.shape, error: error))
    }
    return tail
  }
}

extension ParetoTail: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case threshold, shape, scale, shapeError, count, excessCount
  }

  /// Reads a tail and checks it; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let excesses = GeneralizedPareto(
      shape: try values.decode(Double.self, forKey: .shape), scale: try values.decode(Double.self, forKey: .scale))
    let threshold = try values.decode(Double.self, forKey: .threshold)
    let shapeError = try values.decode(Double.self, forKey: .shapeError)
    let (count, excessCount) = (
      try values.decode(Int.self, forKey: .count), try values.decode(Int.self, forKey: .excessCount)
    )
    let tail = excesses.flatMap {
      ParetoTail(
        threshold: threshold, excesses: $0, shapeError: shapeError, count: count, excessCount: excessCount)
    }
    guard let tail else {
      throw decoder.corrupted("a tail needs a scale above 0, a shape surely below 1 and its counts")
    }
    self = tail
  }

  /// Writes the threshold, the shape with its standard error, the scale and the counts.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(threshold, forKey: .threshold)
    try values.encode(excesses.shape, forKey: .shape)
    try values.encode(excesses.scale, forKey: .scale)
    try values.encode(shapeError, forKey: .shapeError)
    try values.encode(count, forKey: .count)
    try values.encode(excessCount, forKey: .excessCount)
  }
}
