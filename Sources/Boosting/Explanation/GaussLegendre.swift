#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Points and weights that integrate every polynomial of degree below `2 · count` over [0, 1] exactly.
struct GaussLegendre {
  /// The points, within (0, 1).
  let points: [Double]
  /// The weights, above zero; they add up to 1.
  let weights: [Double]

  /// The rule with a number of points, above zero: the roots of the Legendre polynomial of that degree, by Newton's
  /// method from the cosines that lie near them.
  ///
  /// - Complexity: O(count²).
  init(count: Int) {
    var points: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      var root = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        let polynomial = GaussLegendre.legendre(degree: count, at: root)
        slope = polynomial.slope
        root -= polynomial.value / slope
      }
      points.append((1 - root) / 2)
      weights.append(1 / ((1 - root * root) * slope * slope))
    }
    self.points = points
    self.weights = weights
  }

  private static func legendre(degree: Int, at x: Double) -> (value: Double, slope: Double) {
    var (previous, current) = (1.0, x)
    for order in stride(from: 2, through: degree, by: 1) {
      let n = Double(order)
      (previous, current) = (current, ((2 * n - 1) * x * current - (n - 1) * previous) / n)
    }
    return (current, Double(degree) * (x * current - previous) / (x * x - 1))
  }
}
