/// Why a calibration could not be fitted.
public enum CalibrationFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Too few rows, or too few of either outcome, for the method.
  case insufficientEvidence(found: CalibrationEvidence, needed: CalibrationEvidence)
  /// The score of this row is NaN or infinite.
  case scoreNotFinite(row: Int)

  /// The failure in words.
  public var description: String {
    switch self {
    case .insufficientEvidence(let found, let needed):
      "the calibration has \(found) and needs \(needed)"
    case .scoreNotFinite(let row): "the score of row \(row) is not a finite number"
    }
  }
}

/// How much there is to calibrate on.
public struct CalibrationEvidence: Hashable, Sendable, CustomStringConvertible {
  /// The number of rows.
  public let rows: Int
  /// The number of rows in which the event happened.
  public let positives: Int
  /// The number of rows in which it did not.
  public let negatives: Int

  /// Creates a count.
  public init(rows: Int, positives: Int, negatives: Int) {
    self.rows = rows
    self.positives = positives
    self.negatives = negatives
  }

  /// The evidence in outcomes.
  public init(outcomes: [Bool]) {
    let positives = outcomes.count { $0 }
    self.init(rows: outcomes.count, positives: positives, negatives: outcomes.count - positives)
  }

  /// Whether every count reaches that of `other`.
  public func reaches(_ other: CalibrationEvidence) -> Bool {
    rows >= other.rows && positives >= other.positives && negatives >= other.negatives
  }

  /// The counts in words.
  public var description: String { "\(rows) rows with \(positives) positive and \(negatives) negative" }
}

/// Checks what every calibration needs.
func checkCalibration(
  logOdds: [Double], outcomes: [Bool], needed: CalibrationEvidence
) throws(CalibrationFailure) {
  precondition(logOdds.count == outcomes.count, "each score needs an outcome")
  let found = CalibrationEvidence(outcomes: outcomes)
  guard found.reaches(needed) else { throw .insufficientEvidence(found: found, needed: needed) }
  if let row = logOdds.firstIndex(where: { !$0.isFinite }) { throw .scoreNotFinite(row: row) }
}
