/// A map from a model's log-odds to calibrated log-odds that never falls.
public enum Calibrator: Hashable, Sendable {
  /// The model's own log-odds.
  case identity
  /// A straight line in the log-odds.
  case platt(PlattCalibration)
  /// A rising line through observed rates.
  case isotonic(IsotonicCalibration)

  /// The calibrated log-odds of the model's.
  public func calibrated(logOdds: Double) -> Double {
    switch self {
    case .identity: logOdds
    case .platt(let calibration): calibration.calibrated(logOdds: logOdds)
    case .isotonic(let calibration): calibration.calibrated(logOdds: logOdds)
    }
  }
}

extension Calibrator: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case method, slope, intercept, logOdds, probabilities
  }

  private enum Method: String, Codable {
    case identity, platt, isotonic
  }

  /// Reads `method` and the values that belong to it; other keys and broken rules are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    switch try values.decode(Method.self, forKey: .method) {
    case .identity:
      self = .identity
    case .platt:
      let slope = try values.decode(Double.self, forKey: .slope)
      let intercept = try values.decode(Double.self, forKey: .intercept)
      guard slope >= 0, slope.isFinite, intercept.isFinite else {
        throw decoder.corrupted("a calibration line must be finite and must not fall")
      }
      self = .platt(PlattCalibration(slope: slope, intercept: intercept))
    case .isotonic:
      let calibration = IsotonicCalibration(
        logOdds: try values.decode([Double].self, forKey: .logOdds),
        probabilities: try values.decode([Double].self, forKey: .probabilities))
      guard let calibration else { throw decoder.corrupted("the knots of a calibration must rise within (0, 1)") }
      self = .isotonic(calibration)
    }
  }

  /// Writes `method` and the values that belong to it.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .identity:
      try values.encode(Method.identity, forKey: .method)
    case .platt(let calibration):
      try values.encode(Method.platt, forKey: .method)
      try values.encode(calibration.slope, forKey: .slope)
      try values.encode(calibration.intercept, forKey: .intercept)
    case .isotonic(let calibration):
      try values.encode(Method.isotonic, forKey: .method)
      try values.encode(calibration.logOdds, forKey: .logOdds)
      try values.encode(calibration.probabilities, forKey: .probabilities)
    }
  }
}
