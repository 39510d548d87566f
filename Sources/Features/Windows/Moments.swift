/// Count, extremes, mean and spread of a run of numbers.
///
/// Joined by the pairwise update of T. Chan, G. Golub, R. LeVeque, The American Statistician 37 (1983),
/// doi:10.1080/00031305.1983.10483115, which does not cancel; equal numbers have a spread of exactly zero.
package struct Moments: WindowSummary {
  package var count = 1
  package var minimum: Double
  package var maximum: Double
  package var mean: Double
  /// Σ (x − mean)².
  package var squaredDeviations = 0.0

  /// The moments of one number.
  package init(_ value: Double) {
    minimum = value
    maximum = value
    mean = value
  }

  package func joined(with later: Moments) -> Moments {
    var result = self
    let total = Double(count + later.count)
    let difference = later.mean - mean
    let weight = Double(later.count) / total
    result.count = count + later.count
    result.minimum = min(minimum, later.minimum)
    result.maximum = max(maximum, later.maximum)
    result.mean = mean + difference * weight
    result.squaredDeviations =
      squaredDeviations + later.squaredDeviations + difference * difference * Double(count) * weight
    return result
  }

  /// The sample standard deviation; NaN below two numbers.
  package var standardDeviation: Double {
    count > 1 ? (squaredDeviations / Double(count - 1)).squareRoot() : undefined
  }
}

/// The moments of the numbers of a run that are defined; nil where none is.
struct DefinedMoments: WindowSummary {
  var moments: Moments?

  init(_ value: Double) {
    moments = value.isNaN ? nil : Moments(value)
  }

  func joined(with later: DefinedMoments) -> DefinedMoments {
    guard let moments, let other = later.moments else { return moments == nil ? later : self }
    var result = self
    result.moments = moments.joined(with: other)
    return result
  }
}
