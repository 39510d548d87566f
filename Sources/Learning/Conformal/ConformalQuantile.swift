/// Why a predicted quantile could not be corrected.
public enum ConformalFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The level is not above 0 and below 1.
  case level(Double)
  /// So few rows that no finite bound holds at the level.
  case insufficientEvidence(found: Int, needed: Int)
  /// The prediction or the outcome of this row is NaN or infinite.
  case valueNotFinite(row: Int)

  /// The failure in words.
  public var description: String {
    switch self {
    case .level(let level): "the level is \(level); it must be above 0 and below 1"
    case .insufficientEvidence(let found, let needed): "the correction has \(found) rows and needs \(needed)"
    case .valueNotFinite(let row): "the prediction or the outcome of row \(row) is not a finite number"
    }
  }
}

/// A one-sided conformalised quantile: what is added to a predicted upper quantile so that it covers.
///
/// The score of a row is y − q̂(x); the offset is its split-conformal quantile on rows that q̂ was not fitted to. It
/// is below zero when q̂ was too careful. The value is in the unit of the prediction.
/// Source: Y. Romano, E. Patterson and E. Candès, "Conformalized quantile regression" (2019), arXiv:1905.03222.
public struct ConformalQuantile: Hashable, Sendable {
  /// The probability that the corrected quantile covers, above 0 and below 1.
  public let level: Double
  /// What is added to the predicted quantile.
  public let offset: Double
  /// The number of rows behind the offset.
  public let count: Int

  /// A correction, or nil when the level is outside (0, 1), the offset is not finite or the rows are too few for it.
  public init?(level: Double, offset: Double, count: Int) {
    guard level > 0, level < 1, offset.isFinite, SplitConformal.rank(level: level, count: count) != nil else {
      return nil
    }
    self.level = level
    self.offset = offset
    self.count = count
  }

  /// The corrected quantile.
  public func corrected(_ prediction: Double) -> Double { prediction + offset }

  /// Finds the offset.
  ///
  /// - Parameters:
  ///   - predictions: The predicted quantiles at the level, of rows they were not fitted to.
  ///   - outcomes: What happened in each row.
  /// - Throws: `level`, `insufficientEvidence`, `valueNotFinite`.
  /// - Complexity: O(n log n).
  public static func fitted(
    predictions: [Double], outcomes: [Double], level: Double
  ) throws(ConformalFailure) -> ConformalQuantile {
    precondition(predictions.count == outcomes.count, "each prediction needs an outcome")
    guard level > 0, level < 1 else { throw .level(level) }
    let scores = zip(outcomes, predictions).map { $0 - $1 }
    if let row = scores.firstIndex(where: { !$0.isFinite }) { throw .valueNotFinite(row: row) }
    let offset = SplitConformal.quantile(of: scores, level: level)
    guard let correction = ConformalQuantile(level: level, offset: offset, count: scores.count) else {
      throw .insufficientEvidence(found: scores.count, needed: SplitConformal.leastCount(level: level))
    }
    return correction
  }
}

extension ConformalQuantile: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case level, offset, count }

  /// Reads a correction and checks it; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let correction = ConformalQuantile(
      level: try values.decode(Double.self, forKey: .level), offset: try values.decode(Double.self, forKey: .offset),
      count: try values.decode(Int.self, forKey: .count))
    guard let correction else {
      throw decoder.corrupted("a correction needs a level within (0, 1), a finite offset and rows enough for the level")
    }
    self = correction
  }
}
