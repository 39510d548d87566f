import Sampling

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A mean-reverting Gaussian noise around zero, exact for any step.
///
/// Source: G. Uhlenbeck and L. Ornstein, doi:10.1103/PhysRev.36.823.
struct OrnsteinUhlenbeck: Sendable {
  private(set) var value = 0.0
  private let decay: Double
  private let innovation: Double

  /// Creates the noise at zero, with the given stationary deviation, for steps of `step` seconds.
  init(deviation: Double, halfLife: Double, step: Double) {
    decay = exp2(-step / halfLife)
    innovation = deviation * (1 - decay * decay).squareRoot()
  }

  /// Moves by one step.
  mutating func advance(using generator: inout SeededGenerator) {
    value = value * decay + innovation * generator.normal()
  }
}
