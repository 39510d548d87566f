import Labels
import Markets

/// The definitions of the labels read off the whole recording, one origin at a time and in whole seconds.
struct SlowTwin {
  let task: ShortfallTask
  let threshold: Double
  let stream: [OutcomeObservation]
  let side: LiquidationSide

  func label(at position: Int) -> LabeledOrigin {
    let origin = stream[position]
    let start = origin.time + task.latency
    let end = start + task.horizon
    let inside = stream.filter { $0.time > start && $0.time <= end }
    let reason = censoring(start: start, end: end, count: inside.count)
    let worst = self.task.closeOut.map { worstLoss(from: origin, $0, inside) }
    return LabeledOrigin(
      time: origin.time, market: origin.market, side: side, informationEnd: end, threshold: threshold,
      inShortfall: isBelow(origin),
      depthShortfall: reason.map(Outcome.censored) ?? depthShortfall(inside, start: start, end: end),
      closeOutLoss: worst.map { reason.map(Outcome.censored) ?? $0.loss },
      marginShortfall: worst.map { reason.map(Outcome.censored) ?? $0.margin })
  }

  private func isBelow(_ observation: OutcomeObservation) -> Bool? {
    observation.depth.map { $0[side] < threshold }
  }

  private func censoring(start: Timestamp, end: Timestamp, count: Int) -> CensoringReason? {
    guard let last = stream.last, last.time >= end else { return .endOfData }
    if let longest = task.maximumGap {
      for (before, after) in zip(stream, stream.dropFirst())
      where after.time - before.time > longest && before.time < end && after.time > start { return .gap }
    }
    return count < task.minimumSnapshots ? .tooFewSnapshots : nil
  }

  private func depthShortfall(_ inside: [OutcomeObservation], start: Timestamp, end: Timestamp) -> Outcome<Bool> {
    switch task.occupancy {
    case .anySnapshot:
      if inside.contains(where: { isBelow($0) == true }) { return .known(true) }
      return inside.contains { isBelow($0) == nil } ? .censored(.unknownBook) : .known(false)
    case .shareOfTime(let share):
      var below = 0
      var unknown = 0
      // The state that holds throughout the second before each whole second of (start, end].
      for second in start.wholeSeconds..<end.wholeSeconds {
        let inForce = stream.last { $0.time.wholeSeconds <= second }
        switch inForce.flatMap(isBelow) {
        case true?: below += 1
        case false?: break
        case nil: unknown += 1
        }
      }
      let needed = share * task.horizon.seconds - 1e-9
      if Double(below) >= needed { return .known(true) }
      return Double(below + unknown) >= needed ? .censored(.unknownBook) : .known(false)
    }
  }

  private func worstLoss(
    from origin: OutcomeObservation, _ closeOut: CloseOut, _ inside: [OutcomeObservation]
  ) -> (loss: Outcome<CloseOutLoss>, margin: Outcome<Bool>) {
    var worst: CloseOutLoss?
    for observation in inside {
      guard let start = origin.mid, let mid = observation.mid, let execution = observation.execution?[side] else {
        continue
      }
      let total = side.sign * (start - execution.price) / start + closeOut.fee
      if let worst, total <= worst.total { continue }
      worst = CloseOutLoss(
        total: total, drift: side.sign * (start - mid) / start,
        liquidity: side.sign * (mid - execution.price) / start, fee: closeOut.fee, worstTime: observation.time,
        isExhausted: execution.isExhausted, isCensored: execution.isCensored)
    }
    let isComplete = inside.allSatisfy { $0.execution != nil }
    guard let worst else { return (.censored(.unknownBook), .censored(.unknownBook)) }
    let isShort = worst.total > closeOut.maintenanceMargin.fraction
    return (
      isComplete ? .known(worst) : .censored(.unknownBook),
      isShort ? .known(true) : isComplete ? .known(false) : .censored(.unknownBook)
    )
  }
}
