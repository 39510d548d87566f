/// A calibration by a rising line through averages of neighbouring rows: isotonic regression.
///
/// Between two knots the probability is interpolated; beyond the outer ones it is constant. Probabilities stay within
/// [1/(n + 2), (n + 1)/(n + 2)] for n rows, so that the log-odds are finite.
/// Source: M. Ayer et al., doi:10.1214/aoms/1177728423 (pool adjacent violators).
public struct IsotonicCalibration: Hashable, Sendable {
  /// The least evidence a fit accepts: 1,000 rows, of which 50 positive and 50 negative.
  public static let neededEvidence = CalibrationEvidence(rows: 1_000, positives: 50, negatives: 50)

  /// The scores at the knots, strictly rising.
  public let logOdds: [Double]
  /// The calibrated probability at each knot, never falling, within (0, 1).
  public let probabilities: [Double]

  /// A calibration through the knots, or nil when they break a rule above or there is none.
  public init?(logOdds: [Double], probabilities: [Double]) {
    guard !logOdds.isEmpty, logOdds.count == probabilities.count else { return nil }
    guard logOdds.allSatisfy(\.isFinite), probabilities.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    for index in 1..<max(1, logOdds.count) {
      guard logOdds[index - 1] < logOdds[index], probabilities[index - 1] <= probabilities[index] else { return nil }
    }
    self.logOdds = logOdds
    self.probabilities = probabilities
  }

  /// The calibrated log-odds; NaN for NaN.
  ///
  /// - Complexity: O(log knots).
  public func calibrated(logOdds score: Double) -> Double {
    if score.isNaN { return score }
    var (low, high) = (0, logOdds.count)
    while low < high {
      let middle = (low + high) / 2
      if logOdds[middle] <= score { low = middle + 1 } else { high = middle }
    }
    // `low` knots lie at or below the score.
    if low == 0 { return logit(probabilities[0]) }
    if low == logOdds.count { return logit(probabilities[low - 1]) }
    let share = (score - logOdds[low - 1]) / (logOdds[low] - logOdds[low - 1])
    return logit(probabilities[low - 1] + share * (probabilities[low] - probabilities[low - 1]))
  }
}

extension IsotonicCalibration {
  /// Fits the rising line; rows of equal score count as one.
  ///
  /// - Throws: `insufficientEvidence` below ``neededEvidence``; `scoreNotFinite`.
  /// - Complexity: O(rows · log rows).
  public static func fitted(
    logOdds: [Double], outcomes: [Bool]
  ) throws(CalibrationFailure) -> IsotonicCalibration {
    try checkCalibration(logOdds: logOdds, outcomes: outcomes, needed: neededEvidence)
    let pools = pooled(logOdds: logOdds, outcomes: outcomes)
    let smallest = 1 / Double(outcomes.count + 2)
    var knots: (scores: [Double], probabilities: [Double]) = ([], [])
    for pool in pools {
      let probability = min(max(pool.positives / pool.rows, smallest), 1 - smallest)
      for score in pool.low == pool.high ? [pool.low] : [pool.low, pool.high] {
        knots.scores.append(score)
        knots.probabilities.append(probability)
      }
    }
    guard let fit = IsotonicCalibration(logOdds: knots.scores, probabilities: knots.probabilities) else {
      preconditionFailure("pools are in order and their rates rise")
    }
    return fit
  }

  /// A run of neighbouring scores with one event rate.
  private struct Pool {
    var low: Double
    var high: Double
    var rows: Double
    var positives: Double
  }

  private static func pooled(logOdds: [Double], outcomes: [Bool]) -> [Pool] {
    var pools: [Pool] = []
    for row in logOdds.indices.sorted(by: { (logOdds[$0], $0) < (logOdds[$1], $1) }) {
      let (score, hit) = (logOdds[row], outcomes[row] ? 1.0 : 0.0)
      if let last = pools.last, last.low == score, last.high == score {
        pools[pools.count - 1].rows += 1
        pools[pools.count - 1].positives += hit
      } else {
        pools.append(Pool(low: score, high: score, rows: 1, positives: hit))
      }
    }
    var rising: [Pool] = []
    for pool in pools {
      var merged = pool
      while let last = rising.last, last.positives * merged.rows >= merged.positives * last.rows {
        merged = Pool(
          low: last.low, high: merged.high, rows: last.rows + merged.rows,
          positives: last.positives + merged.positives)
        rising.removeLast()
      }
      rising.append(merged)
    }
    return rising
  }
}
