public import Markets

/// What followed one origin for positions of several sizes.
public struct LadderOutcome: Hashable, Sendable {
  /// The origin.
  public let time: Timestamp
  /// Whether the origin's book had a mid; nothing is known without one.
  public let hasMid: Bool
  /// The close-out loss of each size as a fraction of notional; NaN where it is unknown.
  public let losses: [BySide<Double>]
  /// The worst return of the mid against the position within the horizon, `max σ (m_t − m_u) / m_t`; NaN where it is
  /// unknown, below zero when the mid only moved in the position's favour.
  public let adverseReturn: BySide<Double>
}

/// Turns the observations of one market into the close-out losses of several sizes.
///
/// A size's losses are those that an `OutcomeLabeler` gives for a task whose liquidation has this size. The adverse return
/// is the loss of a position so small that it executes at the mid, without a fee.
public struct LadderLabeler: Sendable {
  private var rungs: [OutcomeLabeler]
  private var mid: OutcomeLabeler

  /// Creates a labeler for one market and so many sizes; nil for a task without a liquidation.
  public init?(task: ShortfallTask, rungCount: Int) {
    guard let closeOut = task.closeOut,
      let free = try? CloseOut(
        notional: closeOut.notional, reach: closeOut.reach, fee: 0, maintenanceMargin: closeOut.maintenanceMargin),
      let untaxed = try? ShortfallTask(
        band: task.band, horizon: task.horizon, latency: task.latency, occupancy: task.occupancy,
        threshold: task.threshold, minimumSnapshots: task.minimumSnapshots, maximumGap: task.maximumGap, closeOut: free)
    else { return nil }
    // Losses do not depend on the depth that counts as a shortfall.
    let thresholds = BySide(sell: 1.0, buy: 1.0)
    rungs = (0..<rungCount).map { _ in OutcomeLabeler(task: task, thresholds: thresholds) }
    mid = OutcomeLabeler(task: untaxed, thresholds: thresholds)
  }

  /// Takes the market's next snapshot and returns the origins that it completes, oldest first.
  ///
  /// Snapshots come in time order; equal times are allowed.
  ///
  /// - Parameters:
  ///   - observation: The snapshot's scalars.
  ///   - ladder: Its executions, one for each size; nil for a book without a mid.
  public mutating func observe(_ observation: OutcomeObservation, _ ladder: LadderObservation?) -> [LadderOutcome] {
    let completed = rungs.indices.map { rung in
      rungs[rung].observe(observation.executing(ladder?.executions[rung]))
    }
    let atMid = ladder.map { BySide(sell: Execution(price: $0.mid), buy: Execution(price: $0.mid)) }
    return outcomes(completed, atMid: mid.observe(observation.executing(atMid)))
  }

  /// The answers to the origins that still wait, oldest first, when the data ends.
  public mutating func finish() -> [LadderOutcome] {
    let completed = rungs.indices.map { rungs[$0].finish() }
    return outcomes(completed, atMid: mid.finish())
  }

  private func outcomes(
    _ completed: [[BySide<LabeledOrigin>]], atMid: [BySide<LabeledOrigin>]
  ) -> [LadderOutcome] {
    atMid.indices.map { position in
      LadderOutcome(
        time: atMid[position].sell.time, hasMid: atMid[position].sell.inShortfall != nil,
        losses: completed.map { Self.losses(of: $0[position]) },
        adverseReturn: Self.losses(of: atMid[position]))
    }
  }

  private static func losses(of origin: BySide<LabeledOrigin>) -> BySide<Double> {
    BySide { origin[$0].closeOutLoss?.value?.total ?? .nan }
  }
}

extension OutcomeObservation {
  /// The same snapshot with another execution.
  fileprivate func executing(_ execution: BySide<Execution>?) -> OutcomeObservation {
    OutcomeObservation(time: time, market: market, mid: mid, depth: depth, execution: execution)
  }
}
