import DequeModule
public import Markets

/// Turns the observations of one market into labelled origins.
///
/// Every observation is an origin unless it is only witnessed. Its answers are given by the first observation strictly after its horizon
/// `(t+δ, t+δ+h]`, in the order of the origins, whatever the answer is: an event is not reported early.
///
/// An outcome is unknown when the horizon passes the end of the data, a gap reaches into it or it holds too few
/// snapshots. Where some of its books are unknown, the outcome is known only if it is the same whatever they held:
/// a shortfall that was seen is a shortfall, but no shortfall is claimed over a book that nobody saw.
///
/// Memory is bounded by the origins within `δ + h`, however many observations lie between them, and the work is O(1)
/// amortised per observation.
public struct OutcomeLabeler: Sendable {
  /// The task whose outcomes are reported.
  public let task: ShortfallTask
  /// The depth `Q` in quote currency below which a side is in shortfall.
  public let thresholds: BySide<Double>
  var origins: Deque<Origin> = []
  var history = BookHistory()
  var executions = WorstExecutions()
  var gaps: FeedGaps
  /// How many of the origins have a horizon that starts before the newest observation.
  var startedCount = 0
  /// The latest start of these horizons.
  var latestStart: Timestamp?

  struct Origin: Sendable {
    let time: Timestamp
    let market: MarketName
    let mid: Double?
    let state: BySide<Bool>?
  }

  /// Creates a labeler for one market.
  public init(task: ShortfallTask, thresholds: BySide<Double>) {
    self.task = task
    self.thresholds = thresholds
    gaps = FeedGaps(longerThan: task.maximumGap)
  }

  /// The number of origins that wait for the end of their horizon.
  public var pendingCount: Int { origins.count }

  /// The number of origins, snapshots and executions in memory.
  package var heldCount: Int { origins.count + history.count + executions.count }

  /// Takes the market's next observation and returns the origins that it completes, oldest first.
  ///
  /// Observations come in time order; equal times are allowed. One that goes back in time is no observation: it
  /// changes nothing and never becomes an origin (readers reject such records).
  public mutating func observe(_ observation: OutcomeObservation) -> [BySide<LabeledOrigin>] {
    guard goesOn(to: observation) else { return [] }
    let completed = take(observation)
    origins.append(
      Origin(
        time: observation.time, market: observation.market, mid: observation.mid, state: state(of: observation)))
    return completed
  }

  /// Takes the market's next observation, which others are judged by and which is no origin itself.
  ///
  /// - Returns: The origins that it completes, oldest first.
  public mutating func witness(_ observation: OutcomeObservation) -> [BySide<LabeledOrigin>] {
    guard goesOn(to: observation) else { return [] }
    let completed = take(observation)
    if origins.isEmpty {
      history.forgetPast()
      executions.forgetAll()
      gaps.forget(through: observation.time)
    }
    return completed
  }

  private func goesOn(to observation: OutcomeObservation) -> Bool {
    history.lastTime.map { observation.time >= $0 } ?? true
  }

  private mutating func take(_ observation: OutcomeObservation) -> [BySide<LabeledOrigin>] {
    if let last = history.lastTime { gaps.note(from: last, to: observation.time) }
    let completed = complete { $0 < observation.time }
    remember(observation)
    return completed
  }

  private func state(of observation: OutcomeObservation) -> BySide<Bool>? {
    observation.depth.map { depth in BySide { depth[$0] < thresholds[$0] } }
  }

  /// The answers to the origins that still wait, oldest first, when the data ends.
  ///
  /// An origin whose horizon ends with the last observation is answered; the horizon of the rest passes the end of the
  /// data, so they are censored. The labeler is left without origins.
  public mutating func finish() -> [BySide<LabeledOrigin>] {
    guard let last = history.lastTime else { return [] }
    let completed = complete { $0 <= last }
    let unfinished = origins.map { origin in BySide { censored(origin, on: $0, for: .endOfData) } }
    origins.removeAll()
    startedCount = 0
    return completed + unfinished
  }

  private mutating func complete(where isPast: (Timestamp) -> Bool) -> [BySide<LabeledOrigin>] {
    var completed: [BySide<LabeledOrigin>] = []
    while let origin = origins.first, isPast(origin.time + task.informationSpan) {
      origins.removeFirst()
      startedCount = max(0, startedCount - 1)
      let start = origin.time + task.latency
      history.forget(before: start)
      executions.forget(through: start)
      gaps.forget(through: start)
      completed.append(BySide { answer(origin, on: $0) })
    }
    return completed
  }

  private mutating func remember(_ observation: OutcomeObservation) {
    let time = observation.time
    while startedCount < origins.count, origins[startedCount].time + task.latency < time {
      latestStart = origins[startedCount].time + task.latency
      startedCount += 1
    }
    let execution = observation.mid.flatMap { mid in observation.execution.map { (mid: mid, both: $0) } }
    if let execution {
      executions.append(time: time, mid: execution.mid, executions: execution.both, latestStart: latestStart)
    }
    history.append(
      time: time, state: state(of: observation), hasExecution: execution != nil, latestStart: latestStart)
  }
}

/// The answers to one origin, asked of a history that starts with its horizon.
extension OutcomeLabeler {
  private func answer(_ origin: Origin, on side: LiquidationSide) -> LabeledOrigin {
    let end = origin.time + task.informationSpan
    guard !gaps.touch(horizonThrough: end) else { return censored(origin, on: side, for: .gap) }
    guard let tally = history.tally(after: origin.time + task.latency, through: end),
      tally.snapshots >= task.minimumSnapshots
    else { return censored(origin, on: side, for: .tooFewSnapshots) }
    let worst = task.closeOut.flatMap { worstLoss(of: $0, from: origin, on: side) }
    let isComplete = tally.executionsUnknown == 0
    return LabeledOrigin(
      time: origin.time, market: origin.market, side: side, informationEnd: end, threshold: thresholds[side],
      inShortfall: origin.state?[side], depthShortfall: depthShortfall(tally, on: side),
      closeOutLoss: task.closeOut.map { _ in closeOutLoss(worst, isComplete: isComplete) },
      marginShortfall: task.closeOut.map {
        marginShortfall(worst, margin: $0.maintenanceMargin, isComplete: isComplete)
      })
  }

  private func censored(
    _ origin: Origin, on side: LiquidationSide, for reason: CensoringReason
  ) -> LabeledOrigin {
    LabeledOrigin(
      time: origin.time, market: origin.market, side: side, informationEnd: origin.time + task.informationSpan,
      threshold: thresholds[side], inShortfall: origin.state?[side], depthShortfall: .censored(reason),
      closeOutLoss: task.closeOut.map { _ in .censored(reason) },
      marginShortfall: task.closeOut.map { _ in .censored(reason) })
  }

  private func depthShortfall(_ tally: HorizonTally, on side: LiquidationSide) -> Outcome<Bool> {
    let (isCertain, isPossible) =
      switch task.occupancy {
      case .anySnapshot:
        (tally.snapshotsBelow[side] > 0, tally.snapshotsBelow[side] + tally.snapshotsUnknown > 0)
      case .shareOfTime(let share):
        (
          occupies(tally.timeBelow[side], share: share),
          occupies(tally.timeBelow[side] &+ tally.timeUnknown, share: share)
        )
      }
    if isCertain { return .known(true) }
    return isPossible ? .censored(.unknownBook) : .known(false)
  }

  /// Whether a time is at least a share of the horizon, rounded to whole nanoseconds and never less than one.
  private func occupies(_ nanoseconds: Int64, share: Double) -> Bool {
    Double(nanoseconds) >= max(1, (share * Double(task.horizon.nanoseconds)).rounded())
  }

  /// The loss itself is known only when every execution inside is.
  private func closeOutLoss(_ worst: CloseOutLoss?, isComplete: Bool) -> Outcome<CloseOutLoss> {
    guard let worst, isComplete else { return .censored(.unknownBook) }
    return .known(worst)
  }

  private func marginShortfall(
    _ worst: CloseOutLoss?, margin: MarginFraction, isComplete: Bool
  ) -> Outcome<Bool> {
    guard let worst else { return .censored(.unknownBook) }
    if worst.total > margin.fraction { return .known(true) }
    return isComplete ? .known(false) : .censored(.unknownBook)
  }

  private func worstLoss(of closeOut: CloseOut, from origin: Origin, on side: LiquidationSide) -> CloseOutLoss? {
    guard let mid = origin.mid, let worst = executions.worst(on: side) else { return nil }
    return CloseOutLoss(
      total: side.sign * (mid - worst.execution.price) / mid + closeOut.fee,
      drift: side.sign * (mid - worst.mid) / mid,
      liquidity: side.sign * (worst.mid - worst.execution.price) / mid,
      fee: closeOut.fee, worstTime: worst.time, isExhausted: worst.execution.isExhausted,
      isCensored: worst.execution.isCensored)
  }
}
