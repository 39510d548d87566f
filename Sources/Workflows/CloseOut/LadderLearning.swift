internal import Configuration
internal import Datasets
internal import ModelStore

/// Learns what a model knows of other sizes of position than its task's own.
struct LadderLearning {
  let learner: CloseOutLearner
  /// The rows with the losses of the task's own size.
  let data: CloseOutRows
  /// The losses of every size, of the same rows.
  let ladder: LadderRows
  /// The task's own size, which is one of the ladder's.
  let ownNotional: Double
  /// The least loss that the models know.
  let lossFloor: Double

  /// Learns the route from the losses of every further size, and what the rows say of the past.
  ///
  /// - Parameter rows: Rows in time order; those of unknown loss are left out. At least one loss must be known.
  func fit(_ rows: [Int], by route: CloseOutRoute) throws(CloseOutFailure) -> CloseOutLadder {
    let known = data.known(among: rows)
    let days = StressedDays(among: rows, of: data.dataset, mids: ladder.mids)
    let stress = Set(known.filter { days.contains($0, of: data.dataset) })
    var rungs: [CloseOutRung] = []
    for (rung, notional) in ladder.notionals.enumerated() {
      let exhausted = ladder.exhaustions[rung]
      rungs.append(
        CloseOutRung(
          notional: notional,
          quantiles: notional == ownNotional ? nil : try quantiles(of: ladder.losses[rung], rows, by: route),
          losses: history(of: ladder.losses[rung], known, stress),
          exhaustedShare: Double(rows.count { exhausted[$0] }) / Double(rows.count)))
    }
    return CloseOutLadder(rungs: rungs, adverseReturns: history(of: ladder.adverseReturns, known, stress))
  }

  private func quantiles(
    of losses: [Double], _ rows: [Int], by route: CloseOutRoute
  ) throws(CloseOutFailure) -> RouteQuantiles {
    try learner.fit(rows, of: CloseOutRows(data, losses: losses, lossFloor: lossFloor), by: route)
  }

  private func history(of values: [Double], _ known: [Int], _ stressed: Set<Int>) -> GroupHistory {
    let rows = known.filter { values[$0].isFinite }
    return GroupHistory(
      of: rows.map { values[$0] }, groups: rows.map { data.groups[$0] }, stressed: rows.map(stressed.contains),
      groupCount: data.dataset.groupCount, levels: learner.settings.levels)
  }
}
