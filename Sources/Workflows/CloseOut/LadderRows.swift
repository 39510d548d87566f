internal import Datasets
internal import Features
internal import Labels
internal import Markets

/// Positions of several sizes, row by row of a dataset.
struct LadderRows: Sendable {
  /// The sizes in quote currency.
  let notionals: [Double]
  /// For each size the close-out loss of every row as a fraction of notional; NaN where it is unknown.
  private(set) var losses: [[Double]]
  /// For each size the cost of sweeping the book of every row's instant.
  private(set) var sweepCosts: [[Double]]
  /// For each size whether every row's book held less within the reach.
  private(set) var exhaustions: [[Bool]]
  /// The worst return of the mid against the position within the horizon of every row; NaN where it is unknown.
  private(set) var adverseReturns: [Double] = []
  /// The mid of every row's snapshot.
  private(set) var mids: [Double] = []
  /// How liquid every row's market was; nil while it warmed up.
  private(set) var conditions: [LiquidityConditions?] = []

  /// One market's snapshots with a mid, in order.
  private struct Lane {
    var labeler: LadderLabeler
    var outcomes: [LadderOutcome] = []
    var readings: [(time: Timestamp, reading: CloseOutReading)] = []
    var next = 0
  }

  /// Brings together what was seen and what followed, in the order of the dataset's rows.
  ///
  /// - Parameter observations: Those that the dataset's rows were made of, in merged order.
  /// - Returns: nil without a size or for a task without a liquidation.
  /// - Throws: `DatasetFault.notOneOrigin` at the first row that no observation belongs to.
  init?(
    _ observations: [FeaturePass.Observation], of dataset: Dataset, task: ShortfallTask, notionals: [Double]
  ) throws(DatasetFault) {
    guard !notionals.isEmpty, let labeler = LadderLabeler(task: task, rungCount: notionals.count) else { return nil }
    self.notionals = notionals
    losses = notionals.map { _ in [] }
    sweepCosts = notionals.map { _ in [] }
    exhaustions = notionals.map { _ in [] }
    var lanes = Self.lanes(observations, markets: dataset.markets, labeler: labeler)
    for row in dataset.rows() {
      let (index, side) = (dataset.marketIndices[row], dataset.sides[row])
      let position = lanes[index].next
      guard position < lanes[index].readings.count, lanes[index].readings[position].time == dataset.times[row],
        position < lanes[index].outcomes.count, lanes[index].outcomes[position].time == dataset.times[row]
      else { throw .notOneOrigin(market: dataset.markets[index], time: dataset.times[row]) }
      append(lanes[index].outcomes[position], lanes[index].readings[position].reading, side: side)
      // The row of the sell side comes first.
      if side == .buy { lanes[index].next += 1 }
    }
  }

  private static func lanes(
    _ observations: [FeaturePass.Observation], markets: [MarketName], labeler: LadderLabeler
  ) -> [Lane] {
    let positions = Dictionary(uniqueKeysWithValues: zip(markets, markets.indices))
    var lanes = markets.map { _ in Lane(labeler: labeler) }
    for observation in observations {
      guard let lane = positions[observation.row.market] else { continue }
      let reading = observation.closeOut
      if let reading { lanes[lane].readings.append((observation.row.time, reading)) }
      lanes[lane].outcomes += lanes[lane].labeler.observe(observation.outcome, reading?.ladder).filter(\.hasMid)
    }
    for lane in lanes.indices { lanes[lane].outcomes += lanes[lane].labeler.finish().filter(\.hasMid) }
    return lanes
  }

  private mutating func append(_ outcome: LadderOutcome, _ reading: CloseOutReading, side: LiquidationSide) {
    for rung in notionals.indices {
      losses[rung].append(outcome.losses[rung][side])
      sweepCosts[rung].append(reading.ladder.cost(of: rung, on: side))
      exhaustions[rung].append(reading.ladder.executions[rung][side].isExhausted)
    }
    adverseReturns.append(outcome.adverseReturn[side])
    mids.append(reading.ladder.mid)
    conditions.append(reading.conditions)
  }
}
