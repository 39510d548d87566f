import Margining
import Markets

extension PolicyJudgement {
  /// The number of days of a rolling coverage.
  static let rollingDays = 14

  /// Coverage by UTC day, for the fixed and the adaptive conformal level and each of ours, at the headline size, over
  /// everything and by market.
  ///
  /// The fixed and the adaptive level are covered where the model's quantile was not below the loss; rows without a
  /// quantile are left out, and so are curves without rows.
  public func coverage() -> [CoverageCurve] {
    let curves: [(name: String, margins: [Double?])] =
      [("fixed", rows.map(fixedLoss)), ("adaptive", rows.map(adaptiveLoss))]
      + ours.map { ($0.name, $0.margins(of: rows).map(Optional.some)) }
    let groups = headlineGroups()
    return curves.flatMap { curve in
      groups.compactMap { group in
        let points = coverage(of: group.members.filter { curve.margins[$0] != nil }, margins: curve.margins)
        return points.isEmpty ? nil : CoverageCurve(name: curve.name, group: group.group.name, points: points)
      }
    }
  }

  private func coverage(of members: [Int], margins: [Double?]) -> [CoverageCurve.Point] {
    let days = members.map { rows[$0].day }
    guard let first = days.min(), let last = days.max() else { return [] }
    // Each list starts with zero and holds the sum of all days before a position.
    var counts = [Int](repeating: 0, count: last - first + 2)
    var covered = counts
    for member in members {
      guard let margin = margins[member] else { continue }
      counts[rows[member].day - first + 1] += 1
      if rows[member].loss <= margin { covered[rows[member].day - first + 1] += 1 }
    }
    for day in counts.indices.dropFirst() {
      counts[day] += counts[day - 1]
      covered[day] += covered[day - 1]
    }
    func share(from start: Int, to end: Int) -> Double? {
      let count = counts[end] - counts[start]
      return count > 0 ? Double(covered[end] - covered[start]) / Double(count) : nil
    }
    return (first...last).map { day in
      let end = day - first + 1
      return CoverageCurve.Point(
        day: Self.name(ofDay: day), rolling: share(from: max(0, end - Self.rollingDays), to: end),
        cumulative: share(from: 0, to: end))
    }
  }

  private func fixedLoss(_ row: LossRow) -> Double? {
    let losses = judgedSide(row).fixedLosses
    return losses.indices.contains(row.rung) ? losses[row.rung].finite : nil
  }

  private func adaptiveLoss(_ row: LossRow) -> Double? {
    let losses = judgedSide(row).adaptiveLosses
    guard losses.indices.contains(row.rung) else { return nil }
    return losses[row.rung].finite
  }

  private func judgedSide(_ row: LossRow) -> ReplaySide {
    let market = replay.markets[row.market]
    return market.points[market.judgedStart + row.point].sides[row.side]
  }

  /// The date of a day, such as `2024-05-01`.
  private static func name(ofDay day: Int) -> String {
    let noon = Timestamp(nanoseconds: 0) + .days(Int64(day)) + .hours(12)
    return String(noon.description.prefix { $0 != "T" })
  }
}
