import Markets

/// What holds while nothing recent is known: the largest of the margin in force, the floor and the fallback.
struct MarginHold {
  let noScore: NoScoreSettings
  let bounds: MarginBounds

  /// The margin that holds, and which of the three it is.
  func largest(
    _ inForce: MarginFraction, _ scheduled: MarginFraction
  ) -> (margin: MarginFraction, source: RequirementReason.HeldMargin) {
    let fallback = scheduled.scaled(by: noScore.fallbackMultiplier)
    let largest = max(inForce, bounds.floor, fallback)
    return (largest, largest == inForce ? .inForce : largest == fallback ? .fallback : .floor)
  }
}
