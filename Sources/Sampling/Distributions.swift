#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Draws that use a fixed number of bits each, so that a sequence never shifts when one parameter changes.
extension SeededGenerator {
  /// A uniform draw from [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A uniform draw from `0 ..< bound`; `bound` must be above zero.
  ///
  /// The bias is below `bound / 2^64`. Source: D. Lemire, doi:10.1145/3230636, without the rejection step.
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "an index needs a positive bound")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A standard normal draw, by the Box-Muller transform.
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// An exponential draw with the given mean.
  public mutating func exponential(mean: Double) -> Double {
    -mean * log(1 - uniform())
  }

  /// Whether an event of the given probability happens.
  public mutating func happens(withProbability probability: Double) -> Bool {
    uniform() < probability
  }
}
