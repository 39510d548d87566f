internal import Configuration
internal import Learning

extension OutOfFold {
  /// A family's calibrator, fitted to the folds before a fold.
  func calibrator(
    before fold: Int, family: ModelFamily, _ calibration: TrainingConfiguration.Calibration
  ) throws(CalibrationFailure) -> Calibrator {
    if calibration == .none { return .identity }
    let places = places(before: fold)
    let (logOdds, outcomes) = (logOdds(of: places, by: family), places.map(\.outcome))
    switch calibration {
    case .none: return .identity
    case .platt: return .platt(try PlattCalibration.fitted(logOdds: logOdds, outcomes: outcomes).calibration)
    case .isotonic: return .isotonic(try IsotonicCalibration.fitted(logOdds: logOdds, outcomes: outcomes))
    }
  }

  /// The calibrator that a fold is judged with; a fold with too little before it is judged as the model speaks.
  func calibratorForJudging(
    _ fold: Int, family: ModelFamily, _ calibration: TrainingConfiguration.Calibration
  ) throws -> Calibrator {
    do {
      return try calibrator(before: fold, family: family, calibration)
    } catch .insufficientEvidence {
      return .identity
    } catch {
      throw TrainingFailure.calibration("\(error)")
    }
  }
}
