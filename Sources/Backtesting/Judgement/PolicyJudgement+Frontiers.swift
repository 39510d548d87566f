import Parallelism

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension PolicyJudgement {
  /// The scales of a frontier: a quarter to four in steps of the eighth root of two.
  static let frontierScales = (-16...16).map { exp2(Double($0) / 8) }

  /// Shortfall against mean margin, at the headline size, as each policy is scaled by a quarter to four; no points
  /// without rows.
  public func frontiers() -> [Frontier] {
    let rows = rows.filter { $0.rung == headlineRung }
    return concurrentMap(everyPath) { path in
      let margins = path.margins(of: rows)
      let scales = rows.isEmpty ? [] : Self.frontierScales
      return Frontier(policy: path.name, points: scales.map { point(rows: rows, margins: margins, scale: $0) })
    }
  }

  private func point(rows: [LossRow], margins: [Double], scale: Double) -> Frontier.Point {
    var sum = 0.0
    var covered = 0
    var shortfall = 0.0
    for (row, margin) in zip(rows, margins) {
      let scaled = scale * margin
      sum += scaled
      if row.loss <= scaled { covered += 1 }
      shortfall += row.shortfall(atMargin: scaled)
    }
    let count = Double(rows.count)
    return Frontier.Point(
      scale: scale, meanMargin: sum / count, coverage: Double(covered) / count, shortfallUSD: shortfall)
  }
}
