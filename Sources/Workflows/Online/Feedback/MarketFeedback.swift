internal import Checkpoints
internal import Labels
internal import Learning
internal import Margining
internal import Markets

/// One market's predictions, what followed them, and what it teaches.
struct MarketFeedback: Sendable {
  /// How many models' predictions may wait at a time; when still more models are taken up within one horizon, the
  /// oldest predictions are given up.
  private static let laneLimit = 4

  private let task: ShortfallTask
  private let spacing: TimeSpan
  /// Predictions on terms of their own, the present model's last.
  private var lanes: [OutcomeLane] = []
  private var corrections: BySide<AdaptiveCorrections>
  private var shifts: BySide<InterceptTracking>?
  private var newestOrigin: Timestamp?
  /// Whether the outcome of the newest book is awaited.
  private(set) var awaitsNewest = false

  init(task: ShortfallTask, settings: FeedbackSettings) {
    self.task = task
    spacing = settings.spacing(of: task.horizon)
    let correction = AdaptiveCorrections(step: settings.adaptationStep)
    corrections = BySide(sell: correction, buy: correction)
    shifts = settings.recalibration.map { BySide(sell: $0, buy: $0) }
  }

  /// The number of instants of which an outcome is awaited.
  var pendingCount: Int { lanes.reduce(0) { $0 + $1.pendingCount } }

  /// Takes a book without a score.
  mutating func observe(_ snapshot: BookSnapshot) -> [MaturedOutcome] {
    awaitsNewest = false
    let matured = lanes.indices.flatMap { lanes[$0].observe(snapshot, as: .witness) }
    learn(from: matured)
    return matured
  }

  /// Takes a book with its scores, which it completes by what the outcomes known by now teach.
  mutating func observe(
    _ snapshot: BookSnapshot, _ scores: inout BySide<SideScore>, on terms: OutcomeTerms
  ) -> [MaturedOutcome] {
    if lanes.last?.terms != terms {
      lanes.append(OutcomeLane(task: task, terms: terms))
      if lanes.count > Self.laneLimit { lanes.removeFirst() }
    }
    let isDue = newestOrigin.map { snapshot.time - $0 >= spacing } ?? true
    awaitsNewest = isDue
    let present = lanes.count - 1
    let matured = lanes.indices.flatMap { index in
      lanes[index].observe(snapshot, as: isDue && index == present ? .origin : .witness)
    }
    learn(from: matured)
    dropEmptyLanes()
    let said = BySide { complete(&scores[$0], side: $0, terms) }
    if isDue {
      lanes[lanes.count - 1].remember(said)
      newestOrigin = snapshot.time
    }
    return matured
  }

  private mutating func learn(from matured: [MaturedOutcome]) {
    for outcome in matured {
      for closeOut in outcome.closeOuts { corrections[outcome.side].observe(closeOut) }
      guard let happened = outcome.depthShortfall.value else { continue }
      shifts?[outcome.side].observe(happened, said: outcome.recalibrated?.value)
    }
  }

  private mutating func dropEmptyLanes() {
    guard lanes.count > 1, let present = lanes.last else { return }
    lanes = lanes.dropLast().filter { $0.pendingCount > 0 } + [present]
    guard lanes.count == 1 else { return }
    for side in LiquidationSide.allCases { corrections[side].keep(only: present.terms) }
  }

  private func complete(
    _ score: inout SideScore, side: LiquidationSide, _ terms: OutcomeTerms
  ) -> SaidPrediction {
    score.recalibrated = shifts?[side].recalibrated(score.probability.value).flatMap { Probability($0) }
    guard let fixed = terms.losses(of: score) else {
      return SaidPrediction(
        probability: score.probability, recalibrated: score.recalibrated, fixed: [], adapted: [])
    }
    let own = terms.notionals.firstIndex { $0 == task.closeOut?.notional } ?? 0
    let adapted = corrections[side].adapted(fixed, terms, own: own)
    score.adapted = AdaptedCloseOut(adapted, of: score, terms, own: own)
    return SaidPrediction(
      probability: score.probability, recalibrated: score.recalibrated, fixed: fixed, adapted: adapted)
  }
}

extension MarketFeedback: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&newestOrigin)
    var terms = lanes.map(\.terms)
    try archive.exchange(&terms)
    if archive.direction == .reading { lanes = terms.map { OutcomeLane(task: task, terms: $0) } }
    for index in lanes.indices { try archive.exchange(&lanes[index]) }
    try archive.exchange(&corrections.sell)
    try archive.exchange(&corrections.buy)
    var recalibrates = shifts != nil
    try archive.exchange(&recalibrates)
    if recalibrates {
      // A process that does not recalibrate lets go of what another one learned.
      guard let blank = InterceptTracking(step: 1) else { return }
      var both = shifts ?? BySide(sell: blank, buy: blank)
      try archive.exchange(&both.sell)
      try archive.exchange(&both.buy)
      if shifts != nil { shifts = both }
    }
  }
}

extension AdaptedCloseOut {
  /// Puts adapted quantiles in the place of a score's own.
  fileprivate init(_ adapted: [[Double]], of score: SideScore, _ terms: OutcomeTerms, own: Int) {
    quantiles = zip(terms.levels, adapted[own]).map { CloseOutQuantile(level: $0, loss: $1) }
    ladder = score.closeOutLadder.map { _ in
      terms.levels.enumerated().map { position, level in
        CloseOutLadderLevel(
          level: level,
          rungs: zip(terms.notionals, adapted).map { CloseOutLadderLevel.Rung(notional: $0, loss: $1[position]) })
      }
    }
    evidence = score.evidence.flatMap { evidence in
      guard evidence.rungs.count == adapted.count else { return nil }
      let rungs = zip(evidence.rungs, adapted).map { rung, losses in
        CloseOutEvidence.Rung(
          notional: rung.notional, loss: losses.last ?? rung.loss, sweepCost: rung.sweepCost,
          historicalLoss: rung.historicalLoss, stressedLoss: rung.stressedLoss)
      }
      return CloseOutEvidence(
        rungs: rungs, returns: evidence.returns, spread: evidence.spread, volatility: evidence.volatility,
        persistentDepth: evidence.persistentDepth)
    }
  }
}
