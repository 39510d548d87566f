#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Leveraged positions of one direction, by the distance of their liquidation price from the price.
///
/// Notional is in units of calm depth within 100 bp. `level` is the log price for longs and its negative for shorts,
/// so that a falling level liquidates. Positions are closed and opened anew with a time constant of a day.
package struct LeverageLadder: Sendable {
  /// The width of a rung in log price: 25 bp.
  package static let width = 0.0025
  private static let count = 80
  private static let renewal = 86_400.0
  /// Positions change hands slowly against the step, so they are renewed once a minute.
  private static let renewalStep = 60.0

  private var rungs: [Double]
  private let target: [Double]
  private var rung: Int
  private var due = 0.0

  /// Creates a full ladder: distances have a gamma density of shape 2 with the given mean.
  package init(interest: Double, meanDistance: Double, level: Double) {
    let scale = meanDistance / 2
    func cumulative(_ distance: Double) -> Double { 1 - exp(-distance / scale) * (1 + distance / scale) }
    target = (0..<Self.count).map { index in
      interest * (cumulative(Double(index + 1) * Self.width) - cumulative(Double(index) * Self.width))
    }
    rungs = target
    rung = Self.rung(of: level)
  }

  /// The notional that waits on the ladder.
  package var waiting: Double { rungs.reduce(0, +) }

  /// Moves the price to `level`; returns the notional whose liquidation price it crossed.
  ///
  /// - Complexity: O(rungs · rungs crossed), at most 80 of each.
  package mutating func move(to level: Double) -> Double {
    let next = Self.rung(of: level)
    let crossings = min(abs(next - rung), Self.count)
    var liquidated = 0.0
    if next < rung {
      for index in 0..<crossings { liquidated += rungs[index] }
      rungs.removeFirst(crossings)
      rungs.append(contentsOf: repeatElement(0, count: crossings))
    } else if next > rung {
      rungs.removeLast(crossings)
      rungs.insert(contentsOf: repeatElement(0, count: crossings), at: 0)
    }
    rung = next
    return liquidated
  }

  /// Closes and opens positions for a step of `seconds`.
  package mutating func renew(seconds: Double) {
    due += seconds
    if due < Self.renewalStep { return }
    let share = min(1, due / Self.renewal)
    due = 0
    for index in rungs.indices { rungs[index] += (target[index] - rungs[index]) * share }
  }

  /// Levels stay within ±50, so the rung fits easily.
  private static func rung(of level: Double) -> Int { Int((level / width).rounded(.down)) }
}
