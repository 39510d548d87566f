/// What the raw requirement is made of.
public enum RequirementForm: String, CaseIterable, Hashable, Sendable {
  /// What closing out costs, given the book of now; the probability form where that is not known.
  case conditional
  /// The scheduled margin times a multiple that grows with the probability of a shortfall.
  case probability
}
