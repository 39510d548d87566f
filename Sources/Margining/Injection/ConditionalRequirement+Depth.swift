extension ConditionalRequirement {
  /// The smallest depth to add after which a position of this size needs at most a margin, in quote currency.
  ///
  /// What sweeping costs is taken to fall as one over depth, concentration as its own formula says; spread, the prices of
  /// the past and the model's quantile stay. Nil where no depth makes the margin suffice, because what stays asks for more;
  /// where it suffices already, so that depth is not what a raise above it is about; and for a book without depth to scale.
  ///
  /// - Complexity: O(rungs) for each of at most 100 halvings.
  public func addedDepth(toNeed margin: Double, at notional: Double) -> Double? {
    func suffices(_ added: Double) -> Bool {
      deepened(by: added)?.components(at: notional).required ?? .infinity <= margin
    }
    let depth = evidence.persistentDepth
    guard depth > 0, margin.isFinite, !suffices(0) else { return nil }
    // A thousand times the book stands for a book without end.
    var (short, enough) = (0.0, 1_000 * depth)
    guard suffices(enough) else { return nil }
    while enough - short > 1e-9 * depth {
      let middle = (short + enough) / 2
      if suffices(middle) { enough = middle } else { short = middle }
    }
    return enough
  }
}

extension CloseOutEvidence {
  /// What would be known if so much more depth, in quote currency, stayed in the book at the same shape.
  func deepened(by added: Double) -> CloseOutEvidence? {
    let depth = persistentDepth + added
    guard persistentDepth > 0, depth.isFinite else { return nil }
    let share = persistentDepth / depth
    return CloseOutEvidence(
      rungs: rungs.map {
        Rung(
          notional: $0.notional, loss: $0.loss, sweepCost: $0.sweepCost.map { $0 * share },
          historicalLoss: $0.historicalLoss, stressedLoss: $0.stressedLoss)
      }, returns: returns, spread: spread, volatility: volatility, persistentDepth: depth)
  }
}
