#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension GeneralizedPareto {
  /// The distribution of greatest likelihood, with the standard error of its shape.
  ///
  /// The likelihood is profiled over θ = ξ/β, for which the best ξ is the mean of ln(1 + θx). A grid over all shapes in
  /// ``shapes`` brackets the highest maximum inside, so that no start can miss it; bisection of the derivative then
  /// finds it to rounding.
  ///
  /// - Parameter excesses: Values of zero or more, independent of each other for the standard error to hold.
  /// - Returns: The distribution and (1 + ξ)/√n, the standard error of the shape for large n.
  /// - Throws: `insufficientEvidence` below ``neededCount``, `valueNotFinite`, `constantExcesses`, `notConverged`.
  /// - Complexity: O(200 n). Source: S. Grimshaw, doi:10.1080/00401706.1993.10485040; J. R. M. Hosking and J. R. Wallis,
  ///   doi:10.1080/00401706.1987.10488243.
  public static func fitted(
    excesses: [Double]
  ) throws(TailFailure) -> (distribution: GeneralizedPareto, shapeError: Double) {
    guard excesses.count >= neededCount else {
      throw .insufficientEvidence(found: excesses.count, needed: neededCount)
    }
    if let row = excesses.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) { throw .valueNotFinite(row: row) }
    let count = Double(excesses.count)
    let mean = excesses.reduce(0) { $0 + $1 / count }
    guard let least = excesses.min(), let most = excesses.max(), least < most, mean > 0 else {
      throw .constantExcesses
    }
    // In units of the mean, so that nothing depends on the unit of the excesses.
    let profile = ParetoProfile(excesses: excesses.map { $0 / mean }, largest: most / mean)
    guard let stretch = profile.bestStretch(), shapes.contains(profile.shape(at: stretch)),
      let fit = GeneralizedPareto(shape: profile.shape(at: stretch), scale: mean * profile.terms(at: stretch).scale)
    else { throw .notConverged }
    return (fit, (1 + fit.shape) / count.squareRoot())
  }
}

/// The likelihood of excesses of mean 1 as a function of θ = ξ/β alone.
///
/// With β(θ) = mean of ln(1 + θx)/θ, which is the mean of x at θ = 0, the negative mean log-likelihood is
/// 1 + ln β + θβ: smooth through ξ = 0.
private struct ParetoProfile {
  let excesses: [Double]
  let largest: Double

  /// The scale β that suits θ, the loss ln β + θβ, and its derivative by θ.
  func terms(at stretch: Double) -> (scale: Double, loss: Double, slope: Double) {
    var (scale, change) = (0.0, 0.0)
    for excess in excesses {
      let terms = Self.logarithmTerms(stretch * excess)
      scale += excess * terms.ratio
      change += excess * excess * terms.derivative
    }
    scale /= Double(excesses.count)
    change /= Double(excesses.count)
    return (scale, log(scale) + stretch * scale, change / scale + scale + stretch * change)
  }

  /// The shape ξ that suits θ; it rises with θ.
  func shape(at stretch: Double) -> Double { stretch * terms(at: stretch).scale }

  /// ln(1 + z)/z and its derivative by z.
  private static func logarithmTerms(_ z: Double) -> (ratio: Double, derivative: Double) {
    // Six terms of the series are exact to rounding here, where the difference below is not.
    if abs(z) < 2e-3 {
      return (
        1 - z * (1 / 2 - z * (1 / 3 - z * (1 / 4 - z * (1 / 5 - z / 6)))),
        -1 / 2 + z * (2 / 3 - z * (3 / 4 - z * (4 / 5 - z * (5 / 6 - z * 6 / 7))))
      )
    }
    let logarithm = log1p(z)
    return (logarithm / z, (z / (1 + z) - logarithm) / (z * z))
  }

  /// The θ of the least loss inside the range of shapes; nil when the loss is least at an end of the range.
  func bestStretch() -> Double? {
    let steps = 96
    // Even steps in ln(1 + θ · largest), which reaches from −∞, where the tail ends at the largest excess, through 0.
    let (low, high) = (
      place(ofShape: GeneralizedPareto.shapes.lowerBound), place(ofShape: GeneralizedPareto.shapes.upperBound)
    )
    let grid = (0...steps).map { stretch(at: low + (high - low) * Double($0) / Double(steps)) }
    let losses = grid.map { terms(at: $0).loss }
    let inner = (1..<steps).filter { losses[$0] <= losses[$0 - 1] && losses[$0] <= losses[$0 + 1] }
    guard let best = inner.min(by: { losses[$0] < losses[$1] }) else { return nil }
    var (left, right) = (grid[best - 1], grid[best + 1])
    for _ in 0..<80 {
      let middle = left + (right - left) / 2
      if middle == left || middle == right { break }
      if terms(at: middle).slope < 0 { left = middle } else { right = middle }
    }
    return left + (right - left) / 2
  }

  private func stretch(at place: Double) -> Double { expm1(place) / largest }

  /// Where on the grid's axis a shape stands.
  private func place(ofShape wanted: Double) -> Double {
    var (low, high) = (-40.0, 60.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if shape(at: stretch(at: middle)) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
