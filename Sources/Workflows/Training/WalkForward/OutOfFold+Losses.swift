internal import Configuration
internal import Learning
internal import ModelStore

extension OutOfFold {
  /// A family's log loss on the judged rows of every fold, each fold calibrated on the folds before it.
  func losses(of family: ModelFamily, _ calibration: TrainingConfiguration.Calibration) throws -> FoldLosses {
    FoldLosses(
      losses: try folds.indices.map { try loss(ofFold: $0, family: family, calibration) },
      rows: folds.map { $0.fold.judgedPositions.count })
  }

  /// A family's mean log loss on the judged rows of a fold, calibrated on the folds before it.
  func loss(
    ofFold number: Int, family: ModelFamily, _ calibration: TrainingConfiguration.Calibration
  ) throws -> Double {
    let calibrator = try calibratorForJudging(number, family: family, calibration)
    let fold = folds[number].fold
    let logOdds = folds[number].logOdds[family] ?? []
    return fold.meanLoss { position in
      LogLoss.value(logOdds: calibrator.calibrated(logOdds: logOdds[position]), outcome: fold.outcome(at: position))
    }
  }
}

extension WalkForwardFold {
  /// The mean of a loss over the judged rows, given by their positions in `test`.
  func meanLoss(_ loss: (Int) -> Double) -> Double {
    let positions = judgedPositions
    return positions.reduce(0) { $0 + loss($1) } / Double(positions.count)
  }
}
