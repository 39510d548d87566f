package import Sampling

/// Seeded draws without replacement, in ascending order.
package enum Draw {
  /// Draws `wanted` of the numbers `0 ..< count`; all of them when there are no more.
  ///
  /// Source: D. E. Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S.
  /// - Complexity: O(`count`).
  package static func numbers(_ wanted: Int, below count: Int, from generator: inout SeededGenerator) -> [Int] {
    var drawn: [Int] = []
    drawn.reserveCapacity(min(max(wanted, 0), count))
    for number in 0..<count {
      let missing = wanted - drawn.count
      if missing <= 0 { break }
      if missing >= count - number || generator.index(below: count - number) < missing { drawn.append(number) }
    }
    return drawn
  }

  /// The number of `count` things that a share of them is: rounded, at least one.
  package static func size(of share: Double, count: Int) -> Int {
    max(1, min(count, Int((share * Double(count)).rounded())))
  }
}
