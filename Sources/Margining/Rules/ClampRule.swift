public import Markets

/// Why the clamp let a margin through or moved it to a bound.
public enum ClampReason: Hashable, Sendable, CustomStringConvertible {
  /// The margin is within the bounds.
  case within
  /// The margin was below the floor.
  case raisedToFloor(MarginFraction)
  /// The margin was above the cap.
  case cutToCap(MarginFraction)

  /// The reason in words.
  public var description: String {
    switch self {
    case .within: "within floor and cap"
    case .raisedToFloor(let floor): "raised to the floor of \(ReasonText.percent(floor))"
    case .cutToCap(let cap): "cut to the cap of \(ReasonText.percent(cap))"
    }
  }
}

/// Step 6: no margin leaves [floor, cap].
///
/// It has the last word over every rule before it, so bounds that change under a running state take effect at once.
struct ClampRule: MarginRule {
  let bounds: MarginBounds

  var step: ControlStep { .clamp }

  func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
    margins.map { margin in
      if margin < bounds.floor { return Ruling(bounds.floor, .clamp(.raisedToFloor(bounds.floor))) }
      if margin > bounds.cap { return Ruling(bounds.cap, .clamp(.cutToCap(bounds.cap))) }
      return Ruling(margin, .clamp(.within))
    }
  }
}
