/// What a model knows of closing out positions of other sizes than the task's own.
public struct CloseOutLadder: Codable, Sendable {
  /// The sizes, rising in notional, the task's own among them.
  public let rungs: [CloseOutRung]
  /// The worst returns of the mid against a position within the horizon, as fractions of the mid.
  public let adverseReturns: GroupHistory

  /// Creates a ladder.
  public init(rungs: [CloseOutRung], adverseReturns: GroupHistory) {
    self.rungs = rungs
    self.adverseReturns = adverseReturns
  }

  /// The sizes in quote currency.
  public var notionals: [Double] { rungs.map(\.notional) }

  /// The position of the task's own size; zero in a ladder without it, which is never loaded.
  public var ownRung: Int { rungs.firstIndex { $0.quantiles == nil } ?? 0 }

  /// The quantile of each size's loss at each level, as fractions of notional, falling neither with the level nor with the
  /// notional.
  ///
  /// - Parameters:
  ///   - row: A value for each of the model's inputs.
  ///   - group: The number of the row's market and side.
  ///   - own: The quantiles of the task's own size, which stay as they are.
  public func quantiles(of row: Span<Double>, group: Int, own: [Double]) -> [[Double]] {
    var quantiles: [[Double]] = []
    for rung in rungs { quantiles.append(rung.quantiles?.quantiles(of: row, group: group) ?? own) }
    for level in own.indices {
      let rising = Self.rising(quantiles.map { $0[level] }, around: ownRung)
      for (rung, quantile) in rising.enumerated() { quantiles[rung][level] = quantile }
    }
    return quantiles
  }

  /// Losses that do not fall, in which the one at `fixed` is as it was: larger sizes are raised to the smaller ones next to
  /// them, smaller sizes lowered to the larger ones.
  ///
  /// Lowering loses no coverage that matters: the loss of a position never falls with its size, so whatever covers the
  /// larger covers the smaller. `fixed` must be in range.
  public static func rising(_ losses: [Double], around fixed: Int) -> [Double] {
    var rising = losses
    for position in losses.indices.dropFirst(fixed + 1) {
      rising[position] = max(rising[position], rising[position - 1])
    }
    for position in losses.indices.prefix(fixed).reversed() {
      rising[position] = min(rising[position], rising[position + 1])
    }
    return rising
  }
}

/// One size of position.
public struct CloseOutRung: Codable, Sendable {
  /// The size in quote currency.
  public let notional: Double
  /// The quantiles by the model's chosen route; nil for the task's own size, whose quantiles are the model's.
  public let quantiles: RouteQuantiles?
  /// The losses of the training window, as fractions of notional.
  public let losses: GroupHistory
  /// The share of the training window's book sides that held less than the size within the reach.
  public let exhaustedShare: Double

  /// Creates a rung.
  public init(notional: Double, quantiles: RouteQuantiles?, losses: GroupHistory, exhaustedShare: Double) {
    self.notional = notional
    self.quantiles = quantiles
    self.losses = losses
    self.exhaustedShare = exhaustedShare
  }
}

extension CloseOutLadder {
  /// What does not fit together, in words; nil when scoring cannot leave a list's range.
  func inconsistency(levels: [Double], inputs: ModelInputs, chosen: CloseOutRoute) -> String? {
    guard rungs.allSatisfy({ $0.notional > 0 && $0.notional.isFinite }),
      zip(rungs, rungs.dropFirst()).allSatisfy({ $0.notional < $1.notional })
    else { return "the sizes of the close-out ladder must rise from above zero" }
    guard rungs.count(where: { $0.quantiles == nil }) == 1 else {
      return "exactly one size of the close-out ladder must be the task's own"
    }
    for rung in rungs {
      guard rung.exhaustedShare >= 0, rung.exhaustedShare <= 1 else { return "a share must be from 0 to 1" }
      guard let quantiles = rung.quantiles else { continue }
      if quantiles.route != chosen { return "a size of the close-out ladder goes by another route than the chosen" }
      if let wrong = quantiles.inconsistency(levels: levels, inputs: inputs) { return wrong }
    }
    let histories = [adverseReturns] + rungs.map(\.losses)
    guard histories.allSatisfy({ $0.all.isComplete(levels) && $0.stressed.isComplete(levels) }) else {
      return "each group of the close-out ladder needs a quantile for each level"
    }
    return nil
  }
}
