#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The weights 2^(−age / half-life), scaled to a mean of 1 so that a penalty keeps its meaning.
///
/// - Parameters:
///   - ages: How long before the newest example each one lies, zero or more, in the unit of the half-life.
///   - halfLife: The age at which a weight has halved; must be above zero.
/// - Returns: One weight for each age; all 1 when every age is so large that the weights vanish.
public func recencyWeights(ages: [Double], halfLife: Double) -> [Double] {
  precondition(halfLife > 0, "a half-life must be above zero")
  let weights = ages.map { exp2(-$0 / halfLife) }
  var sum = 0.0
  for weight in weights { sum += weight }
  guard sum > 0, sum.isFinite else { return ages.map { _ in 1 } }
  let scale = Double(ages.count) / sum
  return weights.map { $0 * scale }
}
