/// How notional is spread over distance from the mid, in a book whose first 100 bp hold one unit.
///
/// The density rises linearly from ½ at the mid to 3/2 at 100 bp and stays there: books are thinnest at the touch.
/// Distances are in units of 100 bp.
package enum DepthProfile {
  /// One unit of distance as a fraction of the mid: 100 bp.
  package static let unit = 0.01

  /// The notional between the mid and `distance`; `distance` is at least 0.
  package static func notional(within distance: Double) -> Double {
    distance <= 1 ? 0.5 * distance * (1 + distance) : 1 + 1.5 * (distance - 1)
  }

  /// The distance up to which a sweep of `notional` reaches: the inverse of `notional(within:)`.
  package static func distance(holding notional: Double) -> Double {
    notional <= 1 ? ((1 + 8 * notional).squareRoot() - 1) / 2 : 1 + (notional - 1) / 1.5
  }
}
