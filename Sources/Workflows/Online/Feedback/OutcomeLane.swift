internal import Checkpoints
internal import Labels
internal import Markets

/// The predictions of one market on the same terms, waiting for the end of their horizons.
struct OutcomeLane: Sendable {
  /// What a snapshot is to the lane.
  enum Part {
    /// What was said of it is awaited too.
    case origin
    /// It judges the origins before it.
    case witness
  }

  let terms: OutcomeTerms
  private let probe: OutcomeProbe
  private let sweeps: LadderProbe?
  /// One for each size, or a single one without sizes; all have the same origins.
  private var labelers: [OutcomeLabeler]
  /// What was said at each of the labelers' origins, oldest first.
  private var said: [BySide<SaidPrediction>] = []

  init(task: ShortfallTask, terms: OutcomeTerms) {
    self.terms = terms
    probe = OutcomeProbe(task: task)
    sweeps = task.closeOut.flatMap { closeOut in
      terms.notionals.isEmpty ? nil : LadderProbe(closeOut: closeOut, notionals: terms.notionals)
    }
    let labeler = OutcomeLabeler(task: task, thresholds: terms.thresholds)
    labelers = [OutcomeLabeler](repeating: labeler, count: max(1, terms.notionals.count))
  }

  /// The number of predictions that wait.
  var pendingCount: Int { said.count }

  /// Takes the market's next snapshot and returns what it completes, oldest first, the sell side before the buy side.
  ///
  /// What was said of an origin must follow by `remember`.
  mutating func observe(_ snapshot: BookSnapshot, as part: Part) -> [MaturedOutcome] {
    let seen = probe.observe(snapshot)
    let ladder = sweeps?.observe(snapshot.book)
    let completed = labelers.indices.map { rung in
      let observation = OutcomeObservation(
        time: seen.time, market: seen.market, mid: seen.mid, depth: seen.depth, execution: ladder?.executions[rung])
      return switch part {
      case .origin: labelers[rung].observe(observation)
      case .witness: labelers[rung].witness(observation)
      }
    }
    let count = min(completed[0].count, said.count)
    defer { said.removeFirst(count) }
    return (0..<count).flatMap { position in
      LiquidationSide.allCases.map { outcome(of: said[position][$0], completed.map { $0[position] }, side: $0) }
    }
  }

  /// Takes what was said of the newest origin.
  mutating func remember(_ prediction: BySide<SaidPrediction>) { said.append(prediction) }

  private func outcome(
    of said: SaidPrediction, _ labels: [BySide<LabeledOrigin>], side: LiquidationSide
  ) -> MaturedOutcome {
    let label = labels[0][side]
    let closeOuts = said.fixed.indices.map { rung in
      MaturedCloseOut(
        notional: terms.notionals[rung], loss: labels[rung][side].closeOutLoss?.value?.total,
        quantiles: terms.levels.indices.map { level in
          MaturedQuantile(
            level: terms.levels[level], fixed: said.fixed[rung][level], adapted: said.adapted[rung][level])
        })
    }
    return MaturedOutcome(
      time: label.time, market: label.market, side: side, informationEnd: label.informationEnd,
      probability: said.probability, recalibrated: said.recalibrated, inShortfall: label.inShortfall,
      depthShortfall: label.depthShortfall, closeOuts: closeOuts)
  }
}

extension OutcomeLane: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(fixed: &labelers)
    try archive.exchange(&said)
    guard labelers.allSatisfy({ $0.pendingCount == said.count }) else {
      throw StateFault("predictions and the origins of their outcomes differ in number")
    }
    for side in LiquidationSide.allCases {
      guard said.allSatisfy({ terms.fit($0[side].fixed) && $0[side].fixed.count == $0[side].adapted.count }),
        said.allSatisfy({ terms.fit($0[side].adapted) })
      else { throw StateFault("what was said is not on the terms of its outcomes") }
    }
  }
}
