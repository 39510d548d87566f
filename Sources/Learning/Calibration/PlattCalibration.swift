/// Platt's calibration: the calibrated log-odds are a straight line in the model's, slope never below zero.
///
/// Source: J. Platt, "Probabilistic outputs for support vector machines" (1999), with the stable formulas of
/// H.-T. Lin, C.-J. Lin and R. Weng, doi:10.1007/s10994-007-5018-6.
public struct PlattCalibration: Hashable, Sendable {
  /// What happened to the slope in the fit.
  public enum Outcome: Hashable, Sendable {
    /// The best line has a slope of zero or more.
    case free
    /// The best line falls, which a calibration must not: the slope is held at zero and `unconstrained` was refused.
    case slopeHeldAtZero(unconstrained: Double)
    /// All scores are the same, so no slope can be told; it is zero.
    case constantScores
  }

  /// How much the log-odds are stretched; 1 changes nothing, below 1 tempers an overconfident model.
  public let slope: Double
  /// What is added to the stretched log-odds.
  public let intercept: Double

  /// Creates a line; the slope must be zero or more and both finite.
  public init(slope: Double, intercept: Double) {
    precondition(slope >= 0 && slope.isFinite && intercept.isFinite, "a calibration line must not fall")
    self.slope = slope
    self.intercept = intercept
  }

  /// The calibrated log-odds.
  public func calibrated(logOdds: Double) -> Double { slope * logOdds + intercept }
}

extension PlattCalibration {
  /// Fits the line by Newton's method on Platt's smoothed targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2).
  ///
  /// - Parameters:
  ///   - logOdds: The model's log-odds on rows it was not trained on.
  ///   - outcomes: What happened in each row.
  /// - Throws: `insufficientEvidence` unless both outcomes occur; `scoreNotFinite`.
  /// - Complexity: O(rows) for each of about ten steps.
  public static func fitted(
    logOdds: [Double], outcomes: [Bool]
  ) throws(CalibrationFailure) -> (calibration: PlattCalibration, outcome: Outcome) {
    let needed = CalibrationEvidence(rows: 2, positives: 1, negatives: 1)
    try checkCalibration(logOdds: logOdds, outcomes: outcomes, needed: needed)
    let sample = PlattSample(logOdds: logOdds, outcomes: outcomes)
    let flat = PlattCalibration(slope: 0, intercept: logit(sample.meanTarget))
    guard sample.spread > 0 else { return (flat, .constantScores) }
    let line = sample.bestLine()
    if line.slope < 0 { return (flat, .slopeHeldAtZero(unconstrained: line.slope)) }
    return (PlattCalibration(slope: line.slope, intercept: line.intercept), .free)
  }
}

/// The scores, standardised so that Newton's method is well conditioned, with Platt's targets.
private struct PlattSample {
  let scores: [Double]
  let outcomes: [Bool]
  let mean: Double
  let spread: Double
  let positiveTarget: Double
  let negativeTarget: Double
  let meanTarget: Double

  init(logOdds: [Double], outcomes: [Bool]) {
    let count = Double(logOdds.count)
    let mean = logOdds.reduce(0) { $0 + $1 / count }
    let reach = logOdds.reduce(0) { max($0, abs($1 - mean)) }
    let variance = reach > 0 ? logOdds.reduce(0) { $0 + (($1 - mean) / reach) * (($1 - mean) / reach) } / count : 0
    let spread = reach * variance.squareRoot()
    self.mean = mean
    self.spread = spread.isFinite && mean.isFinite ? spread : 0
    scores = logOdds.map { spread > 0 ? ($0 - mean) / spread : 0 }
    self.outcomes = outcomes
    let positives = Double(outcomes.count { $0 })
    positiveTarget = (positives + 1) / (positives + 2)
    negativeTarget = 1 / (count - positives + 2)
    meanTarget = (positives * positiveTarget + (count - positives) * negativeTarget) / count
  }

  /// The line, in the scores as given, that minimises the log loss against the targets.
  func bestLine() -> (slope: Double, intercept: Double) {
    var point = (slope: 0.0, intercept: logit(meanTarget))
    var current = sums(at: point)
    for _ in 0..<100 {
      let determinant = current.curvature.0 * current.curvature.2 - current.curvature.1 * current.curvature.1
      guard determinant > 0 else { break }
      let step = (
        slope: (current.curvature.2 * current.gradient.0 - current.curvature.1 * current.gradient.1) / determinant,
        intercept: (current.curvature.0 * current.gradient.1 - current.curvature.1 * current.gradient.0) / determinant
      )
      let decrement = step.slope * current.gradient.0 + step.intercept * current.gradient.1
      guard decrement > 1e-16 else { break }
      var share = 1.0
      var next = point
      var reached = current
      repeat {
        next = (point.slope - share * step.slope, point.intercept - share * step.intercept)
        reached = sums(at: next)
        share /= 2
      } while reached.loss > current.loss && share > 1e-10
      guard reached.loss <= current.loss else { break }
      (point, current) = (next, reached)
    }
    return (point.slope / spread, point.intercept - point.slope * mean / spread)
  }

  /// The loss with its gradient and its second derivatives (slope², slope·intercept, intercept²).
  private func sums(
    at point: (slope: Double, intercept: Double)
  ) -> (loss: Double, gradient: (Double, Double), curvature: (Double, Double, Double)) {
    var loss = 0.0
    var gradient = (0.0, 0.0)
    var curvature = (0.0, 0.0, 0.0)
    for (score, outcome) in zip(scores, outcomes) {
      let target = outcome ? positiveTarget : negativeTarget
      let logOdds = point.slope * score + point.intercept
      // Against a target t between 0 and 1 the loss is that of a positive outcome plus (1 − t) z.
      let terms = LogLoss.terms(logOdds: logOdds, outcome: true)
      loss += terms.value + (1 - target) * logOdds
      let residual = terms.gradient + (1 - target)
      gradient.0 += residual * score
      gradient.1 += residual
      curvature.0 += terms.hessian * score * score
      curvature.1 += terms.hessian * score
      curvature.2 += terms.hessian
    }
    return (loss, gradient, curvature)
  }
}
