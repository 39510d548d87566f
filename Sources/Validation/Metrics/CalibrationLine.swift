#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The logistic regression of outcomes on predicted log-odds: `logit P(y = 1) = intercept + slope · logit p`.
///
/// A calibrated forecast has intercept 0 and slope 1. Source: D. R. Cox, doi:10.1093/biomet/45.3-4.562.
public struct CalibrationLine: Hashable, Sendable, Codable {
  /// The intercept, in log-odds.
  public let intercept: Double
  /// The slope.
  public let slope: Double

  init(intercept: Double, slope: Double) {
    self.intercept = intercept
    self.slope = slope
  }

  /// The line of unweighted rows; nil when no finite one exists: without both outcomes, when all probabilities are
  /// equal, and when some probability separates the outcomes.
  ///
  /// The lists must have one length; probabilities must be 0 to 1.
  public init?(probabilities: [Double], outcomes: [Bool]) {
    precondition(probabilities.count == outcomes.count, "lists of different lengths")
    let rows = CalibrationRows(
      logOdds: probabilities.map(ProbabilityLoss.logOdds), outcomes: outcomes, groupStarts: [0, outcomes.count])
    let weights = [1.0]
    guard let line = rows.line(groupWeights: weights.span) else { return nil }
    self = line
  }
}

/// Log-odds and outcomes in contiguous groups (days) that share a weight.
///
/// Rows are stored four to a vector, each group filled up with absent rows, so that sums run four abreast.
struct CalibrationRows: Sendable {
  private let logOdds: [SIMD4<Double>]
  private let targets: [SIMD4<Double>]
  /// One for a row, zero for a filler.
  private let presence: [SIMD4<Double>]
  /// Group g holds the vectors `vectorStarts[g] ..< vectorStarts[g + 1]`.
  private let vectorStarts: [Int]
  private let positiveRange: [LogOddsRange]
  private let negativeRange: [LogOddsRange]
  /// The unweighted line and each group's moments on it: the first Newton step of every resample costs no exponential.
  private var start: (line: CalibrationLine, moments: [Moments])?

  /// Group g holds the rows `groupStarts[g] ..< groupStarts[g + 1]`.
  init(logOdds: [Double], outcomes: [Bool], groupStarts: [Int]) {
    var vectors: [SIMD4<Double>] = []
    var targets = vectors
    var presence = vectors
    var vectorStarts = [0]
    for group in 0..<groupStarts.count - 1 {
      for (position, row) in (groupStarts[group]..<groupStarts[group + 1]).enumerated() {
        if position % 4 == 0 {
          vectors.append(.zero)
          targets.append(.zero)
          presence.append(.zero)
        }
        vectors[vectors.count - 1][position % 4] = logOdds[row]
        targets[vectors.count - 1][position % 4] = outcomes[row] ? 1 : 0
        presence[vectors.count - 1][position % 4] = 1
      }
      vectorStarts.append(vectors.count)
    }
    self.logOdds = vectors
    self.targets = targets
    self.presence = presence
    self.vectorStarts = vectorStarts
    func ranges(of outcome: Bool) -> [LogOddsRange] {
      (0..<groupStarts.count - 1).map { group in
        var range = LogOddsRange()
        for row in groupStarts[group]..<groupStarts[group + 1] where outcomes[row] == outcome {
          range.include(LogOddsRange(low: logOdds[row], high: logOdds[row]))
        }
        return range
      }
    }
    positiveRange = ranges(of: true)
    negativeRange = ranges(of: false)
    let ones = [Double](repeating: 1, count: groupStarts.count - 1)
    if let line = line(groupWeights: ones.span) {
      start = (line, ones.indices.map { moments(of: $0, on: line) })
    }
  }

  /// The line when every row has its group's weight, or nil when no finite one exists.
  func line(groupWeights: Span<Double>) -> CalibrationLine? {
    guard isOverlapping(groupWeights) else { return nil }
    if let start, let line = newton(from: start, groupWeights) { return line }
    return dampedNewton(groupWeights)
  }

  /// Whether the outcomes overlap along the log-odds, which is when a finite maximum of the likelihood exists.
  ///
  /// Source: A. Albert and J. A. Anderson, doi:10.1093/biomet/71.1.1.
  private func isOverlapping(_ groupWeights: Span<Double>) -> Bool {
    var positives = LogOddsRange()
    var negatives = LogOddsRange()
    for group in groupWeights.indices where groupWeights[group] > 0 {
      positives.include(positiveRange[group])
      negatives.include(negativeRange[group])
    }
    return positives.low < negatives.high && negatives.low < positives.high
  }

  private static let convergedDecrement = 1e-8

  /// Undamped Newton steps from the unweighted line, or nil when they do not settle.
  private func newton(
    from start: (line: CalibrationLine, moments: [Moments]), _ weights: Span<Double>
  ) -> CalibrationLine? {
    var line = start.line
    var total = Moments()
    for group in weights.indices where weights[group] > 0 { total.add(start.moments[group], weights[group]) }
    var previous = Double.infinity
    for _ in 0..<20 {
      guard let step = total.newtonStep, step.decrement < previous else { return nil }
      line = CalibrationLine(intercept: line.intercept + step.intercept, slope: line.slope + step.slope)
      if step.decrement < Self.convergedDecrement { return line }
      previous = step.decrement
      total = moments(on: line, weights)
    }
    return nil
  }

  /// Newton steps from the constant forecast, halved until the likelihood rises.
  private func dampedNewton(_ weights: Span<Double>) -> CalibrationLine? {
    var line = CalibrationLine(intercept: 0, slope: 0)
    var likelihood = logLikelihood(on: line, weights)
    for _ in 0..<200 {
      guard let step = moments(on: line, weights).newtonStep else { return nil }
      var scale = 1.0
      var candidate = line
      var reached = likelihood
      repeat {
        candidate = CalibrationLine(
          intercept: line.intercept + scale * step.intercept, slope: line.slope + scale * step.slope)
        reached = logLikelihood(on: candidate, weights)
        scale /= 2
      } while !(reached >= likelihood - 1e-12 * abs(likelihood)) && scale > 1e-9
      line = candidate
      likelihood = reached
      if step.decrement < Self.convergedDecrement { return line }
    }
    return nil
  }

  private func moments(on line: CalibrationLine, _ weights: Span<Double>) -> Moments {
    var total = Moments()
    for group in weights.indices where weights[group] > 0 {
      total.add(moments(of: group, on: line), weights[group])
    }
    return total
  }

  private func moments(of group: Int, on line: CalibrationLine) -> Moments {
    var gradient0 = SIMD4<Double>.zero
    var gradient1 = SIMD4<Double>.zero
    var curvature00 = SIMD4<Double>.zero
    var curvature01 = SIMD4<Double>.zero
    var curvature11 = SIMD4<Double>.zero
    let logOdds = logOdds.span
    let targets = targets.span
    let presence = presence.span
    for index in vectorStarts[group]..<vectorStarts[group + 1] {
      let z = logOdds[index]
      let predictor = line.intercept + line.slope * z
      let decay = SIMD4(exp(-predictor.x), exp(-predictor.y), exp(-predictor.z), exp(-predictor.w))
      let probability = 1 / (1 + decay)
      let residual = presence[index] * (targets[index] - probability)
      let variance = presence[index] * probability * (1 - probability)
      gradient0 += residual
      gradient1 += residual * z
      curvature00 += variance
      curvature01 += variance * z
      curvature11 += variance * z * z
    }
    return Moments(
      gradient0: gradient0.sum(), gradient1: gradient1.sum(), curvature00: curvature00.sum(),
      curvature01: curvature01.sum(), curvature11: curvature11.sum())
  }

  private func logLikelihood(on line: CalibrationLine, _ weights: Span<Double>) -> Double {
    var total = 0.0
    for group in weights.indices where weights[group] > 0 {
      var sum = 0.0
      for index in vectorStarts[group]..<vectorStarts[group + 1] {
        let predictor = line.intercept + line.slope * logOdds[index]
        for lane in 0..<4 where presence[index][lane] > 0 {
          let value = predictor[lane]
          sum += targets[index][lane] * value - max(value, 0) - log1p(exp(-abs(value)))
        }
      }
      total += weights[group] * sum
    }
    return total
  }
}

/// The smallest interval that holds some log-odds; empty at first.
private struct LogOddsRange {
  var low = Double.infinity
  var high = -Double.infinity

  mutating func include(_ other: LogOddsRange) {
    low = min(low, other.low)
    high = max(high, other.high)
  }
}

/// The gradient of the log-likelihood and its negated second derivatives.
private struct Moments {
  var gradient0 = 0.0
  var gradient1 = 0.0
  var curvature00 = 0.0
  var curvature01 = 0.0
  var curvature11 = 0.0

  mutating func add(_ other: Moments, _ weight: Double) {
    gradient0 += weight * other.gradient0
    gradient1 += weight * other.gradient1
    curvature00 += weight * other.curvature00
    curvature01 += weight * other.curvature01
    curvature11 += weight * other.curvature11
  }

  /// The step to the maximum of the quadratic model and the gain it promises twice over; nil when singular.
  var newtonStep: (intercept: Double, slope: Double, decrement: Double)? {
    let determinant = curvature00 * curvature11 - curvature01 * curvature01
    guard determinant > 1e-14 * curvature00 * curvature11, determinant.isFinite else { return nil }
    let intercept = (curvature11 * gradient0 - curvature01 * gradient1) / determinant
    let slope = (curvature00 * gradient1 - curvature01 * gradient0) / determinant
    return (intercept, slope, gradient0 * intercept + gradient1 * slope)
  }
}
