import Learning
import Validation

/// One policy's scores of each row, smaller being better; NaN is undefined.
struct RowScores: Sendable {
  /// The pinball loss of the margin as a quantile.
  let pinball: [Double]
  /// Fissler and Ziegel's score of the margin as a quantile with the tail of the tuning period.
  let tail: [Double]

  /// Scores margins, one for each row, at the coverage aimed at.
  init(of margins: [Double], rows: [LossRow], tails: TailRatios, target: Double) {
    pinball = zip(rows, margins).map { row, margin in
      PinballLoss.value(prediction: margin, target: row.loss, level: target)
    }
    tail = zip(rows, margins).map { row, margin in
      tails.forecast(of: row, margin: margin).map { FisslerZiegelScore.value($0, missRate: 1 - target) } ?? .nan
    }
  }
}

extension ScoreComparison {
  /// Compares two policies' scores of some rows by the mean of each day; nil where no row has both.
  init?(of ours: [Double], _ theirs: [Double], members: [Int], rows: [LossRow]) {
    var sums: [Int: (count: Double, ours: Double, theirs: Double)] = [:]
    for member in members where ours[member].isFinite && theirs[member].isFinite {
      let sum = sums[rows[member].day] ?? (0, 0, 0)
      sums[rows[member].day] = (sum.count + 1, sum.ours + ours[member], sum.theirs + theirs[member])
    }
    if sums.isEmpty { return nil }
    let days = sums.sorted { $0.key < $1.key }.map(\.value)
    let test = DieboldMarianoTest.result(differences: days.map { ($0.theirs - $0.ours) / $0.count })
    func mean(_ value: ((count: Double, ours: Double, theirs: Double)) -> Double) -> Double {
      days.reduce(0) { $0 + value($1) / $1.count } / Double(days.count)
    }
    self.init(
      days: days.count, ours: mean(\.ours), theirs: mean(\.theirs), statistic: test.statistic, pValue: test.pValue)
  }
}
