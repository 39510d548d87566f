/// What closing out more than a book of now can take adds to a loss, as a fraction of the whole position.
struct ConcentrationAddOn: Sendable {
  private let strength: Double
  private let capacity: Double
  private let from: Double

  init(_ settings: ConcentrationSettings, _ evidence: CloseOutEvidence) {
    strength = settings.coefficient * max(0, evidence.volatility)
    capacity = settings.depthShare * max(0, evidence.persistentDepth) + settings.refill
    from = settings.from
  }

  /// The add-on for the part of a position beyond the size from which concentration counts.
  func value(at notional: Double) -> Double { value(ofExcess: notional - from) }

  /// `Y σ √(excess / capacity)`, at most the whole notional, which is also what a book without capacity asks for.
  func value(ofExcess excess: Double) -> Double {
    guard excess > 0, strength > 0 else { return 0 }
    guard capacity > 0 else { return 1 }
    return min(1, strength * (excess / capacity).squareRoot())
  }
}
