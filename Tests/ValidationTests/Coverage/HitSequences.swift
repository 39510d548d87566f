import Sampling

/// Sequences of hits and misses for the tests of coverage.
enum HitSequences {
  /// So many hits, then misses.
  static func counted(hits: Int, of trials: Int) -> [Bool] {
    (0..<trials).map { $0 < hits }
  }

  /// A first-order Markov chain that starts with a miss.
  static func chain(
    _ trials: Int, afterHit: Double, afterMiss: Double, _ generator: inout SeededGenerator
  ) -> [Bool] {
    var isHit = false
    return (0..<trials).map { _ in
      isHit = generator.happens(withProbability: isHit ? afterHit : afterMiss)
      return isHit
    }
  }

  /// Three hundred trials with 38 hits, some at regular distances.
  static let reference: [Bool] = {
    var state = 1
    return (0..<300).map { index in
      state = (1_103_515_245 * state + 12345) % 0x8000_0000
      return (state >> 16) % 100 < 7 || index % 37 == 3 || index % 37 == 4
    }
  }()
}
