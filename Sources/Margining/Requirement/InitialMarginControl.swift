import Markets

/// Lets initial margins move with the maintenance margins, or by the dead band, and never lets them fall while nothing
/// recent is known.
///
/// One schedule changes as a whole, so tiers stay in order.
struct InitialMarginControl {
  /// What came of the maintenance margins.
  enum Maintenance {
    /// They were made of something recent, and one changed.
    case changed
    /// They were made of something recent, and none changed.
    case unchanged
    /// They hold because nothing recent is known.
    case held
  }

  let inForce: [MarginFraction]
  let deadBandPartsPerMillion: Int

  /// The initial margins that should be in force, one per tier.
  func entries(
    _ wanted: [InitialMarginRequirement.Entry], with maintenance: Maintenance
  ) -> [InitialMarginRequirement.Entry] {
    switch maintenance {
    case .changed: wanted
    case .unchanged: isWorthNotice(wanted) ? wanted : held(wanted, .deadBand) { $0 != $1 }
    case .held: held(wanted, .nothingRecent) { $0 < $1 }
    }
  }

  private func held(
    _ wanted: [InitialMarginRequirement.Entry], _ hold: InitialMarginReason.Hold,
    where holds: (MarginFraction, MarginFraction) -> Bool
  ) -> [InitialMarginRequirement.Entry] {
    zip(wanted, inForce).map { wanted, inForce in holds(wanted.margin, inForce) ? (inForce, .held(hold)) : wanted }
  }

  private func isWorthNotice(_ wanted: [InitialMarginRequirement.Entry]) -> Bool {
    zip(wanted, inForce).contains { wanted, inForce in
      let change = abs(wanted.margin.partsPerMillion - inForce.partsPerMillion)
      return change > 0 && change * 1_000_000 >= deadBandPartsPerMillion * inForce.partsPerMillion
    }
  }
}
