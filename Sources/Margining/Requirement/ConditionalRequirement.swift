import Markets

/// Why nothing conditional can be said of a market's side.
public enum EvidenceGap: Error, Hashable, Sendable, CustomStringConvertible {
  /// No model or tracker has said anything yet.
  case nothingKnown
  /// The book shows no cost of sweeping this size.
  case noSweepCost(notional: Double)

  /// The gap in words.
  public var description: String {
    switch self {
    case .nothingKnown: "nothing is known of closing out"
    case .noSweepCost(let notional): "the book shows no sweep of \(ReasonText.amount(notional))"
    }
  }
}

/// The margin that a position needs given what is known of closing it out now.
///
/// With H the adverse-return quantile of the past and S that of stressed times, w the stressed share and k the spread's
/// deviations:
///
///     base     = max(floor, historyShare · ((1 − w) H + w S))
///     liq(Q)   = ½ (mean spread + k · deviation) + sweep cost(Q)
///     conc(Q)  = Y σ √((Q − Q0)⁺ / capacity)
///     model(Q) = the conformal quantile of the close-out loss
///     MM(Q)    = max(base + liq + conc, model)
///
/// Sweep cost and model are known at the rungs of the evidence and read between them. The ladder's last model quantile
/// is continued by the square-root law on the part of the position that is beyond it.
public struct ConditionalRequirement: Sendable {
  /// What the requirement is made from.
  public let evidence: CloseOutEvidence
  private let settings: ConditionalSettings
  private let bounds: MarginBounds
  private let base: Double
  private let concentration: ConcentrationAddOn

  /// Creates a requirement.
  ///
  /// - Throws: `EvidenceGap` when the book shows no cost for one of the rungs.
  public init(
    _ evidence: CloseOutEvidence, settings: ConditionalSettings, bounds: MarginBounds
  ) throws(EvidenceGap) {
    if let rung = evidence.rungs.first(where: { $0.sweepCost == nil }) {
      throw .noSweepCost(notional: rung.notional)
    }
    let weight = settings.stressedShare
    let past = (1 - weight) * evidence.returns.historical + weight * evidence.returns.stressed
    self.evidence = evidence
    self.settings = settings
    self.bounds = bounds
    base = min(1, max(bounds.floor.fraction, settings.historyShare * past))
    concentration = ConcentrationAddOn(settings.concentration, evidence)
  }

  /// What the maintenance margin of a position of this size is made of.
  ///
  /// - Complexity: O(rungs).
  public func components(at notional: Double) -> RequirementComponents {
    let spread = (evidence.spread.mean + settings.spreadDeviations * evidence.spread.deviation) / 2
    let sweep = evidence.reading(of: { $0.sweepCost ?? 0 }, at: notional)
    return RequirementComponents(
      notional: notional, base: base, liquidity: min(1, max(0, spread) + max(0, sweep)),
      concentration: concentration.value(at: notional), model: continued({ $0.loss }, at: notional))
  }

  /// The requirement if so much more depth stayed in the book.
  func deepened(by added: Double) -> ConditionalRequirement? {
    evidence.deepened(by: added).flatMap { try? ConditionalRequirement($0, settings: settings, bounds: bounds) }
  }

  /// A loss quantile of the rungs at a size, from 0 to 1, continued beyond the ladder by the square-root law.
  func continued(_ loss: (CloseOutEvidence.Rung) -> Double, at notional: Double) -> Double {
    let beyond = concentration.value(ofExcess: notional - evidence.largestNotional)
    return min(1, max(0, evidence.reading(of: loss, at: notional)) + beyond)
  }

  /// The adverse return over the notice period of an initial margin: the quantile of the past over the horizon times the
  /// square root of the notice period in horizons; at least 0.
  var noticeReturn: Double { max(0, evidence.returns.historical) * settings.noticeMultiple.squareRoot() }
}
