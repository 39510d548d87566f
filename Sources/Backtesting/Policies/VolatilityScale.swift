package import Markets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exponentially weighted volatility of mid returns, scaled to a horizon.
///
/// With returns `r` over spans `Δ`, the variance per second is the weighted mean of `r² / Δ`, where a return enters with
/// weight `1 − 2^(−Δ / halfLife)` and fades by `2^(−Δ / halfLife)` as later time passes; weights are divided by their sum,
/// so the first returns are not pulled towards zero.
package enum VolatilityScale {
  /// The least scale, 1 basis point over the horizon: a mid that stands still is no proof of safety.
  package static let floor = 1e-4

  /// The scale at each point from what was known at it, as a fraction of the mid; NaN before the first return.
  ///
  /// - Complexity: O(points).
  package static func values(of points: [ReplayPoint], halfLife: TimeSpan, horizon: TimeSpan) -> [Double] {
    var weighted = 0.0
    var weight = 0.0
    var last: ReplayPoint?
    return points.map { point in
      guard let before = last else {
        last = point
        return .nan
      }
      let elapsed = (point.time - before.time).seconds
      // Returns within one instant join the next that takes time.
      if elapsed > 0 {
        let decay = exp2(-elapsed / max(1e-9, halfLife.seconds))
        let logReturn = log(point.mid / before.mid)
        weighted = decay * weighted + (1 - decay) * logReturn * logReturn / elapsed
        weight = decay * weight + (1 - decay)
        last = point
      }
      return weight > 0 ? max(floor, (weighted / weight * horizon.seconds).squareRoot()) : .nan
    }
  }
}
