import Foundation
import Learning
import Testing

@Suite("Calibration")
struct CalibrationTests {
  private let scores = [
    0.07, 2.72, 2.45, -1.02, -0.6, -1.05, 1.14, -0.11, 1.49, -3.69, 3.13, -0.19, 1.36, -0.27, -0.76, 0.93, 1.65, -0.41,
    -0.31, 1.37, -1.74, -3.03, 0.79, -1.34, -3.84, -1.63, -0.94, -2.39, -2.98, 0.07,
  ]
  private let outcomes = [
    0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1,
  ].map { $0 == 1 }

  /// numpy 2.4.6, Newton's method; scikit-learn 1.9.1 `_sigmoid_calibration` gives 0.41106434 and −0.02641603.
  @Test func plattsLineIsTheReferences() throws {
    let (line, outcome) = try PlattCalibration.fitted(logOdds: scores, outcomes: outcomes)
    #expect(abs(line.slope - 0.4110643362633775) < 1e-10)
    #expect(abs(line.intercept - -0.02641602791634616) < 1e-10)
    #expect(outcome == .free)
  }

  @Test func scalingTheScoresScalesTheLine() throws {
    let (line, _) = try PlattCalibration.fitted(logOdds: scores.map { 1e6 * $0 + 3e7 }, outcomes: outcomes)
    #expect(abs(line.slope - 0.4110643362633775e-6) < 1e-15)
  }

  @Test func fallingLineIsHeldAtZero() throws {
    let (line, outcome) = try PlattCalibration.fitted(logOdds: scores.map { -$0 }, outcomes: outcomes)
    #expect(line.slope == 0)
    guard case .slopeHeldAtZero(let unconstrained) = outcome else {
      Issue.record("the slope was not held")
      return
    }
    #expect(abs(unconstrained - -0.4110643362633775) < 1e-10)
    // 14 positive and 16 negative targets average to the constant.
    let rate = (14 * (15.0 / 16) + 16 * (1.0 / 18)) / 30
    #expect(abs(line.intercept - logit(rate)) < 1e-12)
  }

  @Test func constantScoresHaveNoSlope() throws {
    let (line, outcome) = try PlattCalibration.fitted(logOdds: [2, 2, 2, 2], outcomes: [true, false, true, false])
    #expect(outcome == .constantScores && line.slope == 0 && abs(line.intercept) < 1e-15)
  }

  @Test func separatedScoresStayFinite() throws {
    let (line, _) = try PlattCalibration.fitted(logOdds: [-2, -1, 1, 2], outcomes: [false, false, true, true])
    #expect(line.slope > 0 && line.slope.isFinite)
    #expect(sigmoid(line.calibrated(logOdds: 2)) < 1)
  }

  @Test func missingOutcomeOrScoreIsRefused() {
    #expect(throws: CalibrationFailure.scoreNotFinite(row: 1)) {
      try PlattCalibration.fitted(logOdds: [1, .nan, 2], outcomes: [true, false, true])
    }
    #expect(
      throws: CalibrationFailure.insufficientEvidence(
        found: CalibrationEvidence(rows: 2, positives: 0, negatives: 2),
        needed: CalibrationEvidence(rows: 2, positives: 1, negatives: 1))
    ) { try PlattCalibration.fitted(logOdds: [1, 2], outcomes: [false, false]) }
  }

  private func formulaSample() -> (scores: [Double], outcomes: [Bool]) {
    let scores = (0..<1_200).map { Double(($0 * 37) % 100) / 10 - 5 }
    let outcomes = (0..<1_200).map { Double(($0 * 7_919) % 1_009) / 1_009 < sigmoid(0.5 * scores[$0] - 1) }
    return (scores, outcomes)
  }

  /// scikit-learn 1.9.1: `IsotonicRegression(out_of_bounds='clip')` on the same rows.
  @Test func isotonicIsTheReferences() throws {
    let sample = formulaSample()
    #expect(sample.outcomes.count { $0 } == 393)
    let fit = try IsotonicCalibration.fitted(logOdds: sample.scores, outcomes: sample.outcomes)
    let references = [
      (-6.0, 0.03571428571428571), (-5, 0.03571428571428571), (-3.25, 0.06481481481481481),
      (-1, 0.16666666666666666), (0.05, 0.28472222222222227), (0.33, 0.2916666666666667), (2, 0.5), (3.999, 0.7),
      (4.9, 0.8333333333333334), (7, 0.8333333333333334),
    ]
    for (score, probability) in references {
      #expect(abs(sigmoid(fit.calibrated(logOdds: score)) - probability) < 1e-12, "at \(score)")
    }
  }

  @Test func isotonicNeverFallsAndStaysFinite() throws {
    let sample = formulaSample()
    let outcomes = sample.scores.map { $0 > 0 }
    let fit = try IsotonicCalibration.fitted(logOdds: sample.scores, outcomes: outcomes)
    let grid = stride(from: -6.0, through: 6, by: 0.01).map { fit.calibrated(logOdds: $0) }
    #expect(zip(grid, grid.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(grid.allSatisfy { $0.isFinite })
    #expect(fit.calibrated(logOdds: .infinity).isFinite && fit.calibrated(logOdds: .nan).isNaN)
  }

  @Test func isotonicNeedsEvidence() {
    let found = CalibrationEvidence(rows: 1_000, positives: 49, negatives: 951)
    #expect(
      throws: CalibrationFailure.insufficientEvidence(found: found, needed: IsotonicCalibration.neededEvidence)
    ) {
      try IsotonicCalibration.fitted(
        logOdds: (0..<1_000).map(Double.init), outcomes: (0..<1_000).map { $0 < 49 })
    }
  }

  @Test func calibratorsComeBackFromTextUnchanged() throws {
    let sample = formulaSample()
    let calibrators: [Calibrator] = [
      .identity, .platt(try PlattCalibration.fitted(logOdds: scores, outcomes: outcomes).calibration),
      .isotonic(try IsotonicCalibration.fitted(logOdds: sample.scores, outcomes: sample.outcomes)),
    ]
    for calibrator in calibrators {
      let text = try JSONEncoder().encode(calibrator)
      let read = try JSONDecoder().decode(Calibrator.self, from: text)
      #expect(read == calibrator)
    }
    #expect(Calibrator.identity.calibrated(logOdds: -1.25) == -1.25)
  }

  @Test(arguments: [
    #"{"method":"platt","slope":-1,"intercept":0}"#, #"{"method":"platt","slope":1}"#,
    #"{"method":"isotonic","logOdds":[1,0],"probabilities":[0.1,0.2]}"#,
    #"{"method":"isotonic","logOdds":[0],"probabilities":[1]}"#, #"{"method":"identity","colour":1}"#,
  ])
  func brokenTextIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Calibrator.self, from: Data(text.utf8)) }
  }
}
