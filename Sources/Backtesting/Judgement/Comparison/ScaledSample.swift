/// One policy on some rows, reduced so that scaling it to a coverage or a mean margin is cheap under any reweighting of
/// the days.
///
/// A row is covered at the scales from its ratio of loss to margin on. Rows of ratio above zero are sorted once, so a
/// scale is found by walking the largest ratios only.
struct ScaledSample: Sendable {
  /// A row of loss above zero, in quote currency.
  private struct Row: Sendable {
    let ratio: Double
    let day: Int
    let loss: Double
    let margin: Double
  }

  /// What adds up over a day's rows.
  private struct DaySums: Sendable {
    var rows = 0.0
    var margin = 0.0
    var shortfallUSD = 0.0
  }

  /// Rows by falling ratio.
  private let rows: [Row]
  private let days: [DaySums]

  /// Reduces rows with their margins; `days` is the position of each row's day among `dayCount`.
  init(rows: [LossRow], margins: [Double], days positions: [Int], dayCount: Int) {
    var days = [DaySums](repeating: DaySums(), count: dayCount)
    var losing: [Row] = []
    for (index, row) in rows.enumerated() {
      let margin = margins[index]
      let day = positions[index]
      days[day].rows += 1
      days[day].margin += margin
      days[day].shortfallUSD += row.shortfall(atMargin: margin)
      if row.loss > 0 {
        let ratio = margin > 0 ? row.loss / margin : .infinity
        losing.append(
          Row(ratio: ratio, day: day, loss: row.loss * row.notional, margin: margin * row.notional))
      }
    }
    self.days = days
    self.rows = losing.sorted { $0.ratio > $1.ratio }
  }

  /// The smallest scale at which at least a share `target` of the weighted rows is covered; NaN where none does.
  ///
  /// A part in a billion is forgiven, so that rounding of the share never asks for one more row.
  func scale(toCover target: Double, weights: [Double]) -> Double {
    let total = rowCount(weights)
    let allowed = (1 - target + 1e-9) * total
    guard total > 0 else { return .nan }
    var uncovered = 0.0
    for row in rows {
      uncovered += weights[row.day]
      if uncovered > allowed { return row.ratio.isFinite ? row.ratio : .nan }
    }
    return 0
  }

  /// The mean margin of the weighted rows; NaN without rows.
  func meanMargin(weights: [Double]) -> Double {
    zip(weights, days).reduce(0) { $0 + $1.0 * $1.1.margin } / rowCount(weights)
  }

  /// The loss above margin of the weighted rows, in quote currency.
  func shortfallUSD(weights: [Double]) -> Double {
    zip(weights, days).reduce(0) { $0 + $1.0 * $1.1.shortfallUSD }
  }

  /// The loss above scaled margin of the weighted rows, in quote currency; NaN where the scale is not finite.
  func shortfallUSD(scaledBy scale: Double, weights: [Double]) -> Double {
    guard scale.isFinite else { return .nan }
    var sum = 0.0
    for row in rows {
      if row.ratio <= scale { break }
      sum += weights[row.day] * (row.loss - scale * row.margin)
    }
    return sum
  }

  private func rowCount(_ weights: [Double]) -> Double {
    zip(weights, days).reduce(0) { $0 + $1.0 * $1.1.rows }
  }
}
