internal import Features
internal import Margining
internal import Markets
internal import ModelStore

/// The quantiles of one market side's past at a model's highest level, for each size of position.
package struct SideHistory: Hashable, Sendable {
  private let notionals: [Double]
  private let losses: [Double]
  private let stressedLosses: [Double]
  private let returns: CloseOutEvidence.AdverseReturns

  /// Reads the past of a group out of a ladder; nil for a ladder without a level.
  init?(_ ladder: CloseOutLadder, group: Int) {
    guard let historical = ladder.adverseReturns.all[group].last,
      let stressed = ladder.adverseReturns.stressed[group].last
    else { return nil }
    notionals = ladder.notionals
    losses = ladder.rungs.map { $0.losses.all[group].last ?? .nan }
    stressedLosses = ladder.rungs.map { $0.losses.stressed[group].last ?? .nan }
    returns = CloseOutEvidence.AdverseReturns(historical: historical, stressed: stressed)
  }

  /// What a margin policy knows beside this past.
  ///
  /// - Parameters:
  ///   - quantiles: The model's quantile of the loss of each size at its highest level.
  ///   - sweepCosts: The cost of sweeping the book of this instant with each size.
  ///   - conditions: How liquid the market was of late.
  ///   - side: The side on which a liquidation executes.
  /// - Returns: nil while the market warms up, and where a number is not finite.
  func evidence(
    quantiles: [Double], sweepCosts: [Double], conditions: LiquidityConditions?, side: LiquidationSide
  ) -> CloseOutEvidence? {
    guard let conditions, quantiles.count == notionals.count, sweepCosts.count == notionals.count else { return nil }
    let rungs = notionals.indices.map { rung in
      CloseOutEvidence.Rung(
        notional: notionals[rung], loss: quantiles[rung],
        sweepCost: sweepCosts[rung].isFinite ? sweepCosts[rung] : nil, historicalLoss: losses[rung],
        stressedLoss: stressedLosses[rung])
    }
    return CloseOutEvidence(
      rungs: rungs, returns: returns,
      spread: CloseOutEvidence.Spread(mean: conditions.meanSpread, deviation: conditions.spreadDeviation),
      volatility: conditions.volatility, persistentDepth: conditions.persistentDepth[side])
  }
}
