import Markets

/// Why the dead band let a change through or dropped it.
public enum DeadBandReason: Hashable, Sendable, CustomStringConvertible {
  /// The schedule's largest relative change is worth a notice.
  case worthNotice(change: Double, band: Double)
  /// The schedule's largest relative change is below the band: what is in force stays.
  case tooSmall(change: Double, band: Double)
  /// Nothing would change.
  case unchanged

  /// The reason in words.
  public var description: String {
    switch self {
    case .worthNotice(let change, let band):
      "a change of \(ReasonText.percent(change)) is worth a notice (dead band \(ReasonText.percent(band)))"
    case .tooSmall(let change, let band):
      "a change of \(ReasonText.percent(change)) is below the dead band of \(ReasonText.percent(band))"
    case .unchanged: "nothing would change"
    }
  }
}

/// Step 5: changes a schedule only when a notice is worth it.
///
/// The change is measured as it would come out of the clamp that follows, and for the schedule as a whole by the tier
/// that changes most: tiers judged one by one could end in the wrong order.
struct DeadBandRule: MarginRule {
  let partsPerMillion: Int
  let bounds: MarginBounds

  var step: ControlStep { .deadBand }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    let inForce = context.inForce.margins
    let changes = zip(margins, inForce).map { wanted, now in
      (size: abs(bounds.clamped(wanted).partsPerMillion - now.partsPerMillion), base: now.partsPerMillion)
    }
    let band = Double(partsPerMillion) / 1e6
    let change = changes.map { Double($0.size) / Double(max(1, $0.base)) }.max() ?? 0
    if changes.contains(where: { $0.size > 0 && $0.size * 1_000_000 >= partsPerMillion * $0.base }) {
      return margins.map { Ruling($0, .deadBand(.worthNotice(change: change, band: band))) }
    }
    let reason: DeadBandReason = change > 0 ? .tooSmall(change: change, band: band) : .unchanged
    return inForce.map { Ruling($0, .deadBand(reason)) }
  }
}
