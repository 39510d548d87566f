/// Means, variances and covariance of pairs of numbers, joined as `Moments` are.
package struct Comoments: WindowSummary {
  private var count = 1
  private var meanX: Double
  private var meanY: Double
  private var squaresX = 0.0
  private var squaresY = 0.0
  private var products = 0.0

  /// The moments of one pair of x and y.
  package init(_ pair: SIMD2<Double>) {
    meanX = pair.x
    meanY = pair.y
  }

  package func joined(with later: Comoments) -> Comoments {
    var result = self
    let total = Double(count + later.count)
    let weight = Double(later.count) / total
    let crossWeight = Double(count) * weight
    let differenceX = later.meanX - meanX
    let differenceY = later.meanY - meanY
    result.count = count + later.count
    result.meanX = meanX + differenceX * weight
    result.meanY = meanY + differenceY * weight
    result.squaresX = squaresX + later.squaresX + differenceX * differenceX * crossWeight
    result.squaresY = squaresY + later.squaresY + differenceY * differenceY * crossWeight
    result.products = products + later.products + differenceX * differenceY * crossWeight
    return result
  }

  /// R² of the regression of y on x; NaN below `fewest` pairs or without a spread in x or y.
  package func explained(fewest: Int) -> Double {
    guard count >= fewest, squaresX > 0, squaresY > 0 else { return undefined }
    return min(1, products / squaresX * (products / squaresY))
  }

  /// The slope of the regression of y on x; nil below `fewest` pairs, at least three, or without a spread in x.
  package func slope(fewest: Int) -> RegressionSlope? {
    guard count >= max(3, fewest), squaresX > 0 else { return nil }
    let slope = products / squaresX
    let unexplained = max(0, squaresY - slope * products)
    return RegressionSlope(value: slope, standardError: (unexplained / Double(count - 2) / squaresX).squareRoot())
  }
}

/// The slope of a straight line fitted by least squares.
package struct RegressionSlope: Sendable {
  /// The change of y with x.
  package let value: Double
  /// Its standard error when errors are equal and independent.
  package let standardError: Double
}

/// The mean of the numbers that are defined.
struct Mean: Sendable {
  private var sum = 0.0
  private(set) var count = 0

  mutating func add(_ value: Double) {
    if value.isNaN { return }
    sum += value
    count += 1
  }

  /// NaN of no numbers.
  var value: Double { count > 0 ? sum / Double(count) : undefined }
}
